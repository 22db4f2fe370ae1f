// Security decisions as events: who did what, and how it ended. They go to the structured log
// (audit_to_log.h), where `audit.event` sets them apart from what only an operator wants to know.
//
// No secret, token, code or assertion ever goes into an event: details are names, reasons and
// counts. What a stranger sent may stand in one; it is cut to the limits below.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"

namespace mcph {

enum class AuditOutcome {
  kDone,
  kRefused,  // a rule said no
};
std::string_view to_string(AuditOutcome outcome) noexcept;

// Who acted. A person acts through a client: both ids are in the event then.
enum class AuditActor { kStranger, kPerson };
std::string_view to_string(AuditActor actor) noexcept;

struct AuditDetail {
  std::string name;
  std::string value;
};

struct AuditEvent {
  std::string_view type;  // of audit_types.h
  AuditOutcome outcome = AuditOutcome::kDone;
  AuditActor actor = AuditActor::kStranger;
  PrincipalId principal;  // each empty when there is none
  ClientId client;
  GrantId grant;
  std::string peer;  // the address the request came from
  std::vector<AuditDetail> details;
};

// What one event may carry. More is cut, so that nobody fills the log with one request.
inline constexpr std::size_t kAuditTextBytesMax = 256;     // of each detail
inline constexpr std::size_t kAuditClientBytesMax = 2048;  // a client's id may be a URL

// Thread-safe.
class AuditLog {
 public:
  virtual ~AuditLog() = default;

  // Before the decision is answered.
  virtual void record(AuditEvent event) = 0;
};

}  // namespace mcph
