// Runs single statements, each its own transaction, on a connection of the pool: all that the
// stores need. Catches what libpqxx throws and repeats what may be repeated. Thread-safe, blocking.
// Internal to store/.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "base/result.h"
#include "store/params.h"
#include "store/pool.h"
#include "store/row.h"
#include "store/statement.h"

namespace mcph::store {

// Whether running the statement twice gives the same answer and state as running it once. When a
// connection breaks, nobody knows whether the statement was done: only kSafe ones are tried again.
enum class Repeat { kSafe, kUnsafe };

class Database {
 public:
  explicit Database(Pool& pool) : pool_(pool) {}

  // The number of rows written or returned.
  Result<std::size_t> execute(const Statement& statement, const Params& params, Repeat repeat) {
    return run(
        statement, params, repeat, [](const Row&) {}, [] {});
  }

  // The first row, if any.
  template <class Read>
  auto find(const Statement& statement, const Params& params, Repeat repeat, Read read)
      -> Result<std::optional<decltype(read(std::declval<const Row&>()))>> {
    std::optional<decltype(read(std::declval<const Row&>()))> found;
    TRY(run(
        statement, params, repeat,
        [&](const Row& row) {
          if (!found) found.emplace(read(row));
        },
        [&] { found.reset(); }));
    return found;
  }

  template <class Read>
  auto list(const Statement& statement, const Params& params, Read read)
      -> Result<std::vector<decltype(read(std::declval<const Row&>()))>> {
    std::vector<decltype(read(std::declval<const Row&>()))> rows;
    TRY(run(
        statement, params, Repeat::kSafe, [&](const Row& row) { rows.push_back(read(row)); },
        [&] { rows.clear(); }));
    return rows;
  }

 private:
  // `start` runs before each attempt, `each` for every row.
  Result<std::size_t> run(const Statement& statement, const Params& params, Repeat repeat,
                          const std::function<void(const Row&)>& each,
                          const std::function<void()>& start);

  Pool& pool_;
};

}  // namespace mcph::store
