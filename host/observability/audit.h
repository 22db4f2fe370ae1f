// The record of security decisions: who did what, and how it ended. Unlike the log it is kept in
// order, cannot be changed unnoticed, and is what an auditor reads.
//
// No secret, token, code or assertion ever goes into an event: details are names, reasons and
// counts. What a stranger sent may stand in one; it is cut to the limits below.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/http_message.h"
#include "base/ids.h"
#include "base/time.h"

namespace mcph {

enum class AuditOutcome {
  kDone,
  kRefused,  // a rule said no
  kFailed,   // it broke
};
std::string_view to_string(AuditOutcome outcome) noexcept;

// Who acted. A person acts through a client: both ids are in the event then.
enum class AuditActor { kStranger, kClient, kPerson, kAdministrator, kOperator, kHost };
std::string_view to_string(AuditActor actor) noexcept;

// Where a request came from. Empty for what the host does of its own accord.
struct AuditOrigin {
  std::string peer;        // address
  std::string user_agent;  // stored as a hash only
  std::string request_id;
};
AuditOrigin make_audit_origin(const Request& request);

struct AuditDetail {
  std::string name;
  std::string value;
};

struct AuditEvent {
  std::string_view type;  // of audit_types.h
  AuditOutcome outcome = AuditOutcome::kDone;
  AuditActor actor = AuditActor::kHost;
  std::string actor_name;  // of an administrator's credential; otherwise the ids below say it
  PrincipalId principal;   // each empty when there is none
  ClientId client;
  GrantId grant;
  AuditOrigin origin;
  std::vector<AuditDetail> details;
};

// What one event may carry. More is cut, so that nobody fills the database with one request.
inline constexpr std::size_t kAuditDetailsMax = 16;
inline constexpr std::size_t kAuditTextBytesMax = 256;  // of each text, except a client's URL
inline constexpr std::size_t kAuditClientBytesMax = 2048;

// Thread-safe.
class AuditLog {
 public:
  virtual ~AuditLog() = default;

  // For decisions: returns when the event is stored, or when it is certain to be kept until it can
  // be (the database is away). Blocks like any other use of the database: on an executor, and
  // before the decision is answered.
  virtual void record(AuditEvent event) = 0;

  // For what happens all the time, and on threads that must not block: stored soon, in batches.
  // Under overload events may be dropped; how many stands in the record then.
  virtual void note(AuditEvent event) = 0;
};

}  // namespace mcph
