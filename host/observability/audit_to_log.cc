#include "observability/audit_to_log.h"

#include <string>

namespace mcph {

void AuditToLog::record(AuditEvent event) {
  std::string details;
  for (const AuditDetail& detail : event.details) {
    if (!details.empty()) details += ' ';
    details += detail.name + '=' + detail.value.substr(0, kAuditTextBytesMax);
  }
  log_.write(event.outcome == AuditOutcome::kDone ? LogLevel::kInfo : LogLevel::kWarn,
             "audit.event",
             {{"type", event.type},
              {"outcome", to_string(event.outcome)},
              {"actor", to_string(event.actor)},
              {"principal", event.principal.str()},
              {"client", event.client.str().substr(0, kAuditClientBytesMax)},
              {"grant", event.grant.str()},
              {"peer", event.peer},
              {"details", details}});
}

}  // namespace mcph
