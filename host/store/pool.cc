#include "store/pool.h"

#include <utility>

#include "store/connection.h"

namespace mcph::store {

Pool::Pool(StoreOptions options, Statements statements, const Clock& clock)
    : options_(std::move(options)), statements_(std::move(statements)), clock_(clock) {}

bool Pool::is_fit(const Connection& connection) const {
  return clock_.steady() - connection.opened_at < options_.connection_age_max &&
         is_quiet(*connection.pq);
}

Result<Pool::Loan> Pool::lend() {
  std::vector<Connection> unfit;  // closed after the lock is released
  std::unique_lock lock(mutex_);
  const auto available = [&] { return !idle_.empty() || open_ < options_.connections_max; };
  if (!available()) {
    if (waiting_ >= options_.waiters_max) {
      return Error{Code::kLimit, "the database is busy", "too many wait for a connection"};
    }
    ++waiting_;
    // Real time: the other side of this wait is a server, which no test's clock slows down.
    const bool in_time = returned_.wait_for(lock, options_.wait_max, available);
    --waiting_;
    if (!in_time) return Error{Code::kTimeout, "the database is busy", "no connection came free"};
  }
  while (!idle_.empty()) {
    Connection connection = std::move(idle_.back());
    idle_.pop_back();
    if (is_fit(connection)) return Loan(*this, std::move(connection));
    --open_;
    unfit.push_back(std::move(connection));
  }
  ++open_;
  lock.unlock();
  auto opened = open_connection(options_, statements_);
  if (!opened.ok()) {
    give_back({});
    return std::move(opened).error();
  }
  return Loan(*this, {std::move(*opened), clock_.steady()});
}

void Pool::give_back(Connection connection) {
  {
    const std::lock_guard lock(mutex_);
    if (connection.pq != nullptr) {
      idle_.push_back(std::move(connection));
    } else {
      --open_;
    }
  }
  returned_.notify_one();
}

}  // namespace mcph::store
