// A bounded set of prepared connections, lent to one unit of work at a time. Thread-safe. Who finds
// all of them lent waits for a while, unless too many wait already. Internal to store/.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <pqxx/connection>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "store/options.h"
#include "store/statement.h"

namespace mcph::store {

class Pool {
 public:
  struct Connection {
    std::unique_ptr<pqxx::connection> pq;
    SteadyTime opened_at{};
  };

  // A connection on loan; goes back when this dies, or to its grave after discard().
  class Loan {
   public:
    Loan(Pool& pool, Connection connection) : pool_(&pool), connection_(std::move(connection)) {}
    Loan(Loan&& other) noexcept
        : pool_(std::exchange(other.pool_, nullptr)), connection_(std::move(other.connection_)) {}
    Loan& operator=(Loan&&) = delete;
    ~Loan() {
      if (pool_ != nullptr) pool_->give_back(std::move(connection_));
    }
    pqxx::connection& operator*() { return *connection_.pq; }
    void discard() { connection_.pq.reset(); }

   private:
    Pool* pool_;
    Connection connection_;
  };

  Pool(StoreOptions options, Statements statements, const Clock& clock);

  // kLimit when too many wait, kTimeout after wait_max, or why no connection could be opened.
  Result<Loan> lend();

 private:
  bool is_fit(const Connection& connection) const;
  void give_back(Connection connection);

  const StoreOptions options_;
  const Statements statements_;
  const Clock& clock_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<Connection> idle_;  // the last used is used next, so that spare ones grow old
  std::size_t open_ = 0;          // idle and on loan
  std::size_t waiting_ = 0;
};

}  // namespace mcph::store
