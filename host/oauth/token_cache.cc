#include "oauth/token_cache.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/assert.h"

namespace mcph::oauth {

std::size_t TokenCache::DigestHash::operator()(const Digest& digest) const noexcept {
  std::size_t value = 0;
  std::memcpy(&value, digest.data(), sizeof value);  // a digest is as good as any hash of it
  return value;
}

TokenCache::TokenCache(std::size_t entries_max)
    : entries_per_shard_(std::max<std::size_t>(entries_max / kShards, 1)) {}

TokenCache::Digest TokenCache::to_digest(std::string_view digest) noexcept {
  Digest key;
  ASSERT(digest.size() == key.size());
  std::memcpy(key.data(), digest.data(), key.size());
  return key;
}

TokenCache::Shard& TokenCache::shard_of(const Digest& digest) noexcept {
  return shards_[static_cast<std::uint8_t>(digest.back()) % kShards];
}

const TokenCache::Shard& TokenCache::shard_of(const Digest& digest) const noexcept {
  return shards_[static_cast<std::uint8_t>(digest.back()) % kShards];
}

TokenCache::Found TokenCache::find(std::string_view digest, SteadyTime now) const {
  const Digest key = to_digest(digest);
  const Shard& shard = shard_of(key);
  const std::lock_guard lock(shard.mutex);
  const auto found = shard.entries.find(key);
  if (found == shard.entries.end() || found->second.good_until <= now) return {};
  return found->second.token;
}

void TokenCache::insert(std::string_view digest, Found token, SteadyTime good_until, SteadyTime now,
                        Ticket ticket) {
  const Digest key = to_digest(digest);
  Shard& shard = shard_of(key);
  const std::lock_guard lock(shard.mutex);
  // Under the lock: a forget_…() that starts now counts up first and sweeps this shard afterwards,
  // so it either stops us here or removes what we put in.
  if (generation_.load(std::memory_order_acquire) != ticket.generation) return;
  if (shard.entries.size() >= entries_per_shard_) make_room(shard, now);
  shard.entries.insert_or_assign(key, Entry{std::move(token), good_until});
}

void TokenCache::make_room(Shard& shard, SteadyTime now) const {
  std::erase_if(shard.entries, [now](const auto& item) { return item.second.good_until <= now; });
  if (shard.entries.size() >= entries_per_shard_) shard.entries.erase(shard.entries.begin());
}

void TokenCache::forget(std::string_view digest) {
  generation_.fetch_add(1, std::memory_order_acq_rel);
  const Digest key = to_digest(digest);
  Shard& shard = shard_of(key);
  const std::lock_guard lock(shard.mutex);
  shard.entries.erase(key);
}

void TokenCache::forget_if(const std::function<bool(const Caller&)>& condition) {
  generation_.fetch_add(1, std::memory_order_acq_rel);
  for (auto& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    std::erase_if(shard.entries,
                  [&condition](const auto& item) { return condition(*item.second.token.caller); });
  }
}

std::size_t TokenCache::size() const {
  std::size_t count = 0;
  for (const auto& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    count += shard.entries.size();
  }
  return count;
}

}  // namespace mcph::oauth
