#include "keys/lifecycle.h"

#include <algorithm>
#include <utility>

#include "observability/audit_types.h"

namespace mcph::keys {

std::size_t RewrapStatus::to_do() const {
  std::size_t sum = 0;
  for (const auto& [sort, by_kek] : counts) {
    for (const auto& [kek, count] : by_kek) sum += kek == active_kek ? 0 : count;
  }
  return sum;
}

Lifecycle::Lifecycle(const Parts& parts, KeyWrapping wrapping, std::vector<Purpose> purposes,
                     LifecycleSettings settings)
    : parts_(parts), wrapping_(wrapping), purposes_(std::move(purposes)), settings_(settings) {}

const Purpose* Lifecycle::find_purpose(const std::string& name) const {
  const auto found = std::find_if(purposes_.begin(), purposes_.end(),
                                  [&](const Purpose& purpose) { return purpose.name == name; });
  return found == purposes_.end() ? nullptr : &*found;
}

void Lifecycle::record(std::string_view type, const ServerKey& key, const KeyActor& actor) {
  AuditEvent event;
  event.type = type;
  event.actor = actor.kind;
  event.actor_name = actor.name;
  event.origin = actor.origin;
  event.details = {{"key", key.id}, {"purpose", key.purpose}};
  parts_.audit.record(std::move(event));
}

Result<ServerKey> Lifecycle::rotate(const std::string& purpose, const KeyActor& actor) {
  if (find_purpose(purpose) == nullptr) {
    return Error{Code::kNotFound, "there is no purpose " + purpose, {}};
  }
  ServerKey key = wrapping_.make(purpose, parts_.clock.now());
  if (!TRY(parts_.store.insert_next(key, settings_.activation_delay))) {
    return Error{Code::kConflict, "the next key for " + purpose + " is on its way already", {}};
  }
  record(audit_types::kKeyCreated, key, actor);
  return key;
}

Result<> Lifecycle::destroy(const std::string& id, const KeyActor& actor) {
  const auto keys = TRY(parts_.store.list());
  const auto key =
      std::find_if(keys.begin(), keys.end(), [&](const ServerKey& one) { return one.id == id; });
  if (key == keys.end()) return Error{Code::kNotFound, "there is no key " + id, {}};
  if (!TRY(parts_.store.destroy(id))) {
    return Error{Code::kConflict, "the key is not retired; rotate its purpose first", {}};
  }
  record(audit_types::kKeyDestroyed, *key, actor);
  return Ok{};
}

Result<Rewrapped> Lifecycle::rewrap(std::size_t count_max, const KeyActor& actor) {
  constexpr std::size_t kBatch = 200;
  Rewrapped sum;
  for (WrappedKeys* wrapped : parts_.wrapped) {
    std::string after;
    do {
      const Rewrapped some = TRY(wrapped->rewrap(after, kBatch));
      sum.looked_at += some.looked_at;
      sum.rewrapped += some.rewrapped;
      sum.unreadable += some.unreadable;
      after = some.last;
    } while (!after.empty() && sum.looked_at < count_max);
  }
  if (sum.looked_at == 0) return sum;
  AuditEvent event;
  event.type = audit_types::kKeysRewrapped;
  event.outcome = sum.unreadable == 0 ? AuditOutcome::kDone : AuditOutcome::kFailed;
  event.actor = actor.kind;
  event.actor_name = actor.name;
  event.origin = actor.origin;
  event.details = {{"kek", wrapping_.active_kek()},
                   {"rewrapped", std::to_string(sum.rewrapped)},
                   {"unreadable", std::to_string(sum.unreadable)}};
  parts_.audit.record(std::move(event));
  return sum;
}

Result<RewrapStatus> Lifecycle::load_rewrap_status() {
  RewrapStatus status;
  status.active_kek = wrapping_.active_kek();
  for (WrappedKeys* wrapped : parts_.wrapped) {
    auto counts = TRY(wrapped->count_by_kek());
    status.counts.emplace(wrapped->sort(), std::move(counts));
  }
  return status;
}

Result<> Lifecycle::tend() {
  const auto keys = TRY(parts_.store.list());
  for (const Purpose& purpose : purposes_) TRY(tend_purpose(purpose, keys));
  return Ok{};
}

Result<> Lifecycle::tend_purpose(const Purpose& purpose, const std::vector<ServerKey>& keys) {
  const UnixTime now = parts_.clock.now();
  const KeyActor host;
  bool is_on_its_way = false;
  const auto found = std::find_if(keys.begin(), keys.end(), [&](const ServerKey& key) {
    return key.purpose == purpose.name && key.state == KeyState::kActive;
  });
  const ServerKey* active = found == keys.end() ? nullptr : &*found;
  for (const ServerKey& key : keys) {
    if (key.purpose != purpose.name) continue;
    if (key.state == KeyState::kNext) {
      is_on_its_way = true;
      // Whether its time has come is for the database to say.
      if (TRY(parts_.store.activate(key.id, now))) {
        record(audit_types::kKeyActivated, key, host);
        if (active != nullptr) record(audit_types::kKeyRetired, *active, host);
      }
    }
    const bool is_over = key.state == KeyState::kRetired && purpose.keep && key.retired_at &&
                         *key.retired_at + *purpose.keep <= now;
    if (is_over && TRY(parts_.store.destroy(key.id))) {
      record(audit_types::kKeyDestroyed, key, host);
    }
  }
  const bool is_old =
      active != nullptr && settings_.rotate_every.count() > 0 &&
      active->activated_at.value_or(active->created_at) + settings_.rotate_every <= now;
  if (!is_old || is_on_its_way) return Ok{};
  const auto rotated = rotate(std::string(purpose.name), host);
  // Another host was faster.
  if (!rotated.ok() && rotated.error().code != Code::kConflict) return rotated.error();
  return Ok{};
}

}  // namespace mcph::keys
