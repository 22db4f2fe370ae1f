#include "oauth/lockout/lockout.h"

#include <algorithm>
#include <string>
#include <utility>

#include "crypto/hash.h"
#include "oauth/audit_event.h"
#include "oauth/budget/limits.h"
#include "oauth/network.h"

namespace mcph::oauth {

Seconds lockout_after(std::int64_t failures) {
  if (failures <= limits::kFreeFailures) return Seconds{0};
  // 2^20 s is far beyond the cap, and the shift stays defined.
  const auto doublings = std::min<std::int64_t>(failures - limits::kFreeFailures - 1, 20);
  return std::min(limits::kLockoutMin * (std::int64_t{1} << doublings), limits::kLockoutMax);
}

Attempt::Attempt(const Parts& parts, const ClientId& client, const Request& http)
    : parts_(parts),
      client_(client),
      http_(http),
      key_hash_(crypto::sha256("lockout/1 " + client.str() + '\0' + network_of(http.peer))) {}

Verdict Attempt::check_locked() {
  const UnixTime now = parts_.clock.now();
  const auto failures = parts_.lockouts.find_failures(key_hash_, now);
  // Without the count there is no protection, so there is no authentication either.
  if (!failures.ok()) return errors::from(failures.error());
  if (!*failures) return std::nullopt;
  has_failures_ = true;
  const Seconds locked = lockout_after((*failures)->count);
  // Times are whole seconds, cut: one more, so that the wait is never shorter than it should be.
  const UnixTime open_at = (*failures)->last_at + locked + Seconds{1};
  if (locked.count() == 0 || open_at <= now) return std::nullopt;
  return errors::too_many_requests(open_at - now);
}

void Attempt::note_success() {
  if (!has_failures_) return;
  if (const auto cleared = parts_.lockouts.clear_failures(key_hash_); !cleared.ok()) {
    parts_.log.failure(LogLevel::kWarn, "client.lockout_not_cleared", cleared.error());
  }
}

void Attempt::note_failure() {
  const UnixTime now = parts_.clock.now();
  const auto count = parts_.lockouts.add_failure(key_hash_, now, now + limits::kFailureMemory);
  if (!count.ok()) {
    parts_.log.failure(LogLevel::kWarn, "client.failure_not_counted", count.error());
    return;
  }
  const Seconds locked = lockout_after(*count);
  if (locked.count() == 0) return;
  AuditEvent event = make_client_event(audit_types::kLockedOut, http_, client_);
  event.outcome = AuditOutcome::kRefused;
  event.actor = AuditActor::kStranger;  // it says it is the client, and did not show it
  event.details = {{"failures", std::to_string(*count)},
                   {"seconds", std::to_string(locked.count())}};
  parts_.audit.record(std::move(event));
}

}  // namespace mcph::oauth
