// Failed authentications, counted by all hosts together. Implemented by store/. What is lost in a
// crash of the database is a few counts, so it need not be durable. Thread-safe, blocking.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"
#include "base/time.h"

namespace mcph::oauth {

struct Failures {
  std::int64_t count = 0;
  UnixTime last_at{};
};

class LockoutStore {
 public:
  virtual ~LockoutStore() = default;
  // `key_hash` is a SHA-256, raw. Nothing: none that is not forgotten at `now`.
  virtual Result<std::optional<Failures>> find_failures(const std::string& key_hash,
                                                        UnixTime now) = 0;
  // One more. Returns how many that makes.
  virtual Result<std::int64_t> add_failure(const std::string& key_hash, UnixTime now,
                                           UnixTime forgotten_at) = 0;
  virtual Result<> clear_failures(const std::string& key_hash) = 0;
};

}  // namespace mcph::oauth
