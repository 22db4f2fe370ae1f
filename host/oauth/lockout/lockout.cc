#include "oauth/lockout/lockout.h"

#include <algorithm>

#include "crypto/hash.h"
#include "oauth/budget/limits.h"
#include "oauth/network.h"

namespace mcph::oauth {

Seconds lockout_after(std::int64_t failures) {
  if (failures <= limits::kFreeFailures) return Seconds{0};
  // 2^20 s is far beyond the cap, and the shift stays defined.
  const auto doublings = std::min<std::int64_t>(failures - limits::kFreeFailures - 1, 20);
  return std::min(limits::kLockoutMin * (std::int64_t{1} << doublings), limits::kLockoutMax);
}

Attempt::Attempt(const Parts& parts, const ClientId& client, std::string_view address)
    : parts_(parts),
      key_hash_(crypto::sha256("lockout/1 " + client.str() + '\0' + network_of(address))),
      network_(network_of(address)) {}

Verdict Attempt::check_locked() {
  const UnixTime now = parts_.clock.now();
  const auto failures = parts_.lockouts.find_failures(key_hash_, now);
  // Without the count there is no protection, so there is no authentication either.
  if (!failures.ok()) return errors::from(failures.error());
  if (!*failures) return std::nullopt;
  has_failures_ = true;
  const UnixTime open_at = (*failures)->last_at + lockout_after((*failures)->count);
  if (open_at <= now) return std::nullopt;
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
  if (const Seconds locked = lockout_after(*count); locked.count() > 0) {
    parts_.log.warn("client.locked_out",
                    {{"network", network_}, {"failures", *count}, {"seconds", locked.count()}});
  }
}

}  // namespace mcph::oauth
