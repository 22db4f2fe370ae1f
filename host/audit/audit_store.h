// The audit record as it is stored: one table that only grows, one row that says where it ends.
// Implemented by store/. Thread-safe, blocking.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "audit/chain.h"
#include "audit/entry.h"
#include "base/result.h"

namespace mcph::audit {

struct Standing {
  Head head;    // the last entry
  Head pruned;  // the last of those that were removed for their age; number 0: none were
};

struct Filter {
  std::int64_t after = 0;   // entries with a greater number
  std::int64_t before = 0;  // and a smaller one; 0: no limit
  bool newest_first = false;
  std::string type;  // each empty: any
  std::string principal;
  std::string client;
  std::string grant;
  std::optional<UnixTime> since, until;  // `until` itself is not in it
  std::size_t count_max = 100;
};

class AuditStore {
 public:
  virtual ~AuditStore() = default;

  // In one transaction: takes the head so that no other host can, lets `make` say what follows it,
  // stores that and moves the head. `make` must be quick and may be called again when the database
  // asks for another try.
  using Make = std::function<std::vector<Entry>(Head head)>;
  virtual Result<> append(const Make& make) = 0;

  virtual Result<Standing> load_standing() = 0;
  virtual Result<std::vector<Entry>> list(const Filter& filter) = 0;
  // The last entry before that time, if it is still there.
  virtual Result<std::optional<Head>> find_last_before(UnixTime time) = 0;
  // Removes up to `count_max` entries up to and including `up_to`, oldest first, after writing down
  // that they may be missing. How many were removed.
  virtual Result<std::size_t> prune(const Head& up_to, std::size_t count_max) = 0;
};

}  // namespace mcph::audit
