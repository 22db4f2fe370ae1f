#include "federation/token_cache.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace mcph::federation {

TokenCache::TokenCache(std::size_t tokens_max)
    : tokens_per_shard_(std::max<std::size_t>(tokens_max / kShards, 1)) {}

TokenCache::Shard& TokenCache::shard_of(const GrantId& grant) {
  return shards_[std::hash<GrantId>{}(grant) % kShards];
}

const TokenCache::Shard& TokenCache::shard_of(const GrantId& grant) const {
  return shards_[std::hash<GrantId>{}(grant) % kShards];
}

plugins::UpstreamTokenPtr TokenCache::find(const GrantId& grant, UnixTime now) const {
  const Shard& shard = shard_of(grant);
  const std::lock_guard lock(shard.mutex);
  const auto found = shard.entries.find(grant);
  if (found == shard.entries.end() || found->second.good_until <= now) return nullptr;
  return found->second.token;
}

TokenCache::Ticket TokenCache::ticket(const GrantId& grant) const {
  const Shard& shard = shard_of(grant);
  const std::lock_guard lock(shard.mutex);
  return {shard.generation};
}

void TokenCache::put(const GrantId& grant, plugins::UpstreamTokenPtr token, UnixTime good_until,
                     UnixTime now, Ticket ticket) {
  Shard& shard = shard_of(grant);
  const std::lock_guard lock(shard.mutex);
  if (ticket.generation != shard.generation || good_until <= now) return;
  if (const auto found = shard.entries.find(grant); found != shard.entries.end()) {
    if (found->second.token->version <= token->version) {
      found->second = {std::move(token), good_until};
    }
    return;
  }
  make_room(shard, now);
  shard.entries.emplace(grant, Entry{std::move(token), good_until});
}

void TokenCache::make_room(Shard& shard, UnixTime now) const {
  if (shard.entries.size() < tokens_per_shard_) return;
  std::erase_if(shard.entries, [now](const auto& item) { return item.second.good_until <= now; });
  if (shard.entries.size() >= tokens_per_shard_) shard.entries.erase(shard.entries.begin());
}

void TokenCache::forget(const GrantId& grant) {
  Shard& shard = shard_of(grant);
  const std::lock_guard lock(shard.mutex);
  ++shard.generation;
  shard.entries.erase(grant);
}

void TokenCache::forget_all() {
  for (Shard& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    ++shard.generation;
    shard.entries.clear();
  }
}

std::size_t TokenCache::size() const {
  std::size_t total = 0;
  for (const Shard& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    total += shard.entries.size();
  }
  return total;
}

}  // namespace mcph::federation
