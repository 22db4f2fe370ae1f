#include "observability/audit.h"

namespace mcph {

std::string_view to_string(AuditOutcome outcome) noexcept {
  switch (outcome) {
    case AuditOutcome::kDone:
      return "done";
    case AuditOutcome::kRefused:
      return "refused";
    case AuditOutcome::kFailed:
      break;
  }
  return "failed";
}

std::string_view to_string(AuditActor actor) noexcept {
  switch (actor) {
    case AuditActor::kStranger:
      return "stranger";
    case AuditActor::kClient:
      return "client";
    case AuditActor::kPerson:
      return "person";
    case AuditActor::kAdministrator:
      return "administrator";
    case AuditActor::kOperator:
      return "operator";
    case AuditActor::kHost:
      break;
  }
  return "host";
}

AuditOrigin make_audit_origin(const Request& request) {
  AuditOrigin origin;
  origin.peer = request.peer;
  origin.user_agent = std::string(request.headers.find("user-agent").value_or(""));
  return origin;
}

}  // namespace mcph
