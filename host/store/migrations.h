// Brings the schema up to date: forward only, one runner at a time, each file recorded with its
// checksum. migrations/README.md has the rules for writing them.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "observability/log.h"
#include "store/options.h"

namespace mcph::store {

struct Migration {
  int version;
  std::string name;  // of the file
  std::string sql;
};

// Those of migrations/, in order.
const std::vector<Migration>& embedded_migrations();

// Applies what is missing and says how many that was. Blocks while another runner is at work.
// kConflict when a file was changed after it was applied, or is older than one that was.
Result<int> apply_migrations(const StoreOptions& options, const std::vector<Migration>& migrations,
                             const Clock& clock, Log& log);

}  // namespace mcph::store
