// One connection to PostgreSQL, ready for work: timeouts set, every statement prepared. Internal to
// store/. For one thread at a time.
#pragma once

#include <memory>
#include <pqxx/connection>
#include <string>

#include "base/result.h"
#include "store/options.h"
#include "store/statement.h"

namespace mcph::store {

// With what a connection needs before it exists; what the string says itself wins.
std::string make_conninfo(std::string_view conninfo, Seconds connect_timeout);

// A connection that never reconnects behind our back: a new session would have lost its timeouts,
// its LISTEN and the place in a transaction.
Result<std::unique_ptr<pqxx::connection>> open_connection(const StoreOptions& options);

// Also prepares `statements` and so checks them against the schema.
Result<std::unique_ptr<pqxx::connection>> open_connection(const StoreOptions& options,
                                                          const Statements& statements);

// False when the server has hung up, or said something unasked (mostly: that it will). No round
// trip.
bool is_quiet(const pqxx::connection& connection) noexcept;

}  // namespace mcph::store
