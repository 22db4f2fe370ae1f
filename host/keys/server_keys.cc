#include "keys/server_keys.h"

#include <algorithm>
#include <utility>

#include "base/assert.h"

namespace mcph::keys {
namespace {

// The set begins with the active key; the order of the others says nothing.
int rank(KeyState state) {
  return state == KeyState::kActive ? 0 : 1;
}

Result<> make_missing(ServerKeyStore& store, const KeyWrapping& wrapping,
                      const std::vector<Purpose>& purposes, UnixTime now) {
  const std::vector<ServerKey> keys = TRY(store.list());
  for (const Purpose& purpose : purposes) {
    const bool there = std::any_of(keys.begin(), keys.end(), [&](const ServerKey& key) {
      return key.purpose == purpose.name && key.state == KeyState::kActive;
    });
    if (!there) TRY(store.insert_first(wrapping.make(std::string(purpose.name), now)));
  }
  return Ok{};
}

}  // namespace

ServerKeys::ServerKeys(ServerKeyStore& store, KeyWrapping wrapping, std::vector<Purpose> purposes)
    : store_(store), wrapping_(wrapping), purposes_(std::move(purposes)) {}

Result<std::unique_ptr<ServerKeys>> ServerKeys::create(ServerKeyStore& store, KeyWrapping wrapping,
                                                       std::vector<Purpose> purposes,
                                                       const Clock& clock) {
  TRY(make_missing(store, wrapping, purposes, clock.now()));
  std::unique_ptr<ServerKeys> made(new ServerKeys(store, wrapping, std::move(purposes)));
  const std::vector<ServerKey> keys = TRY(store.list());
  for (const Purpose& purpose : made->purposes_) {
    crypto::KeySetPtr set = TRY(made->make_set(purpose.name, keys));
    made->slots_.emplace(purpose.name, std::make_shared<crypto::KeySlot>(std::move(set)));
  }
  return made;
}

Result<> ServerKeys::load() {
  const std::lock_guard lock(loading_);
  const std::vector<ServerKey> keys = TRY(store_.list());
  std::vector<std::pair<crypto::KeySlot*, crypto::KeySetPtr>> fresh;
  for (const auto& [purpose, slot] : slots_) {
    crypto::KeySetPtr set = TRY(make_set(purpose, keys));
    fresh.emplace_back(slot.get(), std::move(set));
  }
  for (auto& [slot, set] : fresh) slot->replace(std::move(set));
  return Ok{};
}

Result<crypto::KeySetPtr> ServerKeys::make_set(std::string_view purpose,
                                               const std::vector<ServerKey>& keys) const {
  std::vector<const ServerKey*> mine;
  for (const ServerKey& key : keys) {
    if (key.purpose == purpose && key.state != KeyState::kDestroyed) mine.push_back(&key);
  }
  std::stable_sort(mine.begin(), mine.end(), [](const ServerKey* a, const ServerKey* b) {
    return rank(a->state) < rank(b->state);
  });
  if (mine.empty() || mine.front()->state != KeyState::kActive) {
    return Error{Code::kInternal, "there is no active key for " + std::string(purpose), {}};
  }
  std::vector<std::pair<std::string, Secret>> opened;
  for (const ServerKey* key : mine) {
    Secret secret = TRY(wrapping_.open(*key));
    opened.emplace_back(key->id, std::move(secret));
  }
  return crypto::KeySetPtr(std::make_shared<const crypto::KeySet>(std::move(opened)));
}

crypto::KeySlotPtr ServerKeys::open(std::string_view purpose) const {
  const auto found = slots_.find(purpose);
  ASSERT(found != slots_.end());  // make_purposes() names every purpose there is
  return found->second;
}

}  // namespace mcph::keys
