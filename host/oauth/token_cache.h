// Verified access tokens, remembered for a short time so that a call costs no database look-up.
// Keys are SHA-256 digests, so no token lies in memory. Bounded. Thread-safe.
//
// A revocation must win against a look-up that is under way: who loads a token asks for a ticket
// first, and insert() refuses what was loaded before the last forget_…().
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/caller.h"
#include "base/time.h"

namespace mcph::oauth {

class TokenCache {
 public:
  explicit TokenCache(std::size_t entries_max);

  struct Found {
    CallerPtr caller;  // null: not here
    // Thumbprint of the key that the token is bound to (RFC 9449); null: a bearer token.
    std::shared_ptr<const std::string> dpop_jkt;

    bool operator==(std::nullptr_t) const noexcept { return caller == nullptr; }
    const Caller& operator*() const noexcept { return *caller; }
    const Caller* operator->() const noexcept { return caller.get(); }
  };
  Found find(std::string_view digest, SteadyTime now) const;

  struct Ticket {
    std::uint64_t generation;
  };
  Ticket ticket() const noexcept { return {generation_.load(std::memory_order_acquire)}; }
  void insert(std::string_view digest, Found token, SteadyTime good_until, SteadyTime now,
              Ticket ticket);

  void forget(std::string_view digest);
  void forget_if(const std::function<bool(const Caller&)>& condition);
  std::size_t size() const;

 private:
  using Digest = std::array<char, 32>;
  struct DigestHash {
    std::size_t operator()(const Digest& digest) const noexcept;
  };
  struct Entry {
    Found token;
    SteadyTime good_until;
  };
  struct Shard {
    mutable std::mutex mutex;
    std::unordered_map<Digest, Entry, DigestHash> entries;
  };
  // Enough that threads rarely meet, few enough that a sweep stays cheap.
  static constexpr std::size_t kShards = 16;

  static Digest to_digest(std::string_view digest) noexcept;
  Shard& shard_of(const Digest& digest) noexcept;
  const Shard& shard_of(const Digest& digest) const noexcept;
  void make_room(Shard& shard, SteadyTime now) const;

  const std::size_t entries_per_shard_;
  std::atomic<std::uint64_t> generation_{0};
  std::array<Shard, kShards> shards_;
};

}  // namespace mcph::oauth
