// Audit events of this folder's endpoints: what they all carry. Pure.
#pragma once

#include <string_view>

#include "base/http_message.h"
#include "base/ids.h"
#include "observability/audit.h"
#include "observability/audit_types.h"

namespace mcph::oauth {

// A client did it, or a stranger that says it is one when `client` is empty.
inline AuditEvent make_client_event(std::string_view type, const Request& http,
                                    const ClientId& client) {
  AuditEvent event;
  event.type = type;
  event.actor = client.empty() ? AuditActor::kStranger : AuditActor::kClient;
  event.client = client;
  event.origin = make_audit_origin(http);
  return event;
}

// A person did it, in a browser, about that client.
inline AuditEvent make_person_event(std::string_view type, const Request& http,
                                    const ClientId& client) {
  AuditEvent event = make_client_event(type, http, client);
  event.actor = AuditActor::kPerson;
  return event;
}

}  // namespace mcph::oauth
