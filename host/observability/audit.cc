#include "observability/audit.h"

namespace mcph {

std::string_view to_string(AuditOutcome outcome) noexcept {
  return outcome == AuditOutcome::kDone ? "done" : "refused";
}

std::string_view to_string(AuditActor actor) noexcept {
  return actor == AuditActor::kPerson ? "person" : "stranger";
}

}  // namespace mcph
