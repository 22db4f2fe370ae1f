// From what a plugin wants to send to what the host sends: every part checked. Pure.
#pragma once

#include <optional>

#include "mcph/ext/http.h"
#include "net/http_client.h"
#include "plugins/allowed_hosts.h"
#include "plugins/trace_context.h"

namespace mcph::plugins {

// kInvalid for a request the host does not send, kForbidden for an address that is not allowed,
// kLimit for one that is too large. Without Authorization and deadline.
Result<net::HttpRequest> make_http_request(const mcph_http_request& request,
                                           const AllowedHosts& allowed,
                                           const std::optional<TraceContext>& trace);

}  // namespace mcph::plugins
