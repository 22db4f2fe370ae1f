// Upstream access tokens in memory, by grant: a call then costs neither a database look-up nor a
// decryption. Bounded, sharded, thread-safe.
//
// forget() wins against a look-up under way: who loads takes a ticket first, and put() drops what
// was loaded before the last forget().
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <unordered_map>

#include "base/ids.h"
#include "base/time.h"
#include "plugins/upstream_token_source.h"

namespace mcph::federation {

class TokenCache {
 public:
  explicit TokenCache(std::size_t tokens_max);

  struct Ticket {
    std::uint64_t generation = 0;
  };

  plugins::UpstreamTokenPtr find(const GrantId& grant, UnixTime now) const;
  Ticket ticket(const GrantId& grant) const;
  // An older version never replaces a newer one.
  void put(const GrantId& grant, plugins::UpstreamTokenPtr token, UnixTime good_until, UnixTime now,
           Ticket ticket);
  void forget(const GrantId& grant);
  void forget_all();
  std::size_t size() const;

 private:
  struct Entry {
    plugins::UpstreamTokenPtr token;
    UnixTime good_until;
  };
  struct Shard {
    mutable std::mutex mutex;
    std::unordered_map<GrantId, Entry> entries;
    std::uint64_t generation = 0;
  };
  static constexpr std::size_t kShards = 16;  // threads rarely meet

  Shard& shard_of(const GrantId& grant);
  const Shard& shard_of(const GrantId& grant) const;
  void make_room(Shard& shard, UnixTime now) const;

  const std::size_t tokens_per_shard_;
  std::array<Shard, kShards> shards_;
};

}  // namespace mcph::federation
