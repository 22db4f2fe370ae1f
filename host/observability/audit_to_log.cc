#include "observability/audit_to_log.h"

#include <string>

namespace mcph {

void AuditToLog::write(const AuditEvent& event) const {
  std::string details;
  for (const AuditDetail& detail : event.details) {
    if (!details.empty()) details += ' ';
    details += detail.name + '=' + detail.value;
  }
  log_.warn("audit.event", {{"type", event.type},
                            {"outcome", to_string(event.outcome)},
                            {"actor", to_string(event.actor)},
                            {"actor_name", event.actor_name},
                            {"principal", event.principal.str()},
                            {"client", event.client.str()},
                            {"grant", event.grant.str()},
                            {"peer", event.origin.peer},
                            {"request_id", event.origin.request_id},
                            {"details", details}});
}

}  // namespace mcph
