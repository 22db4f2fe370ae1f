#include "store/database.h"

#include <pqxx/nontransaction>
#include <pqxx/prepared_statement>
#include <pqxx/result>

#include "store/failure.h"

namespace mcph::store {
namespace {

// A deadlock's victim usually wins the second time; a connection that broke leaves one that opens
// anew. More attempts only add load to a server in trouble.
constexpr int kAttemptsMax = 3;

std::size_t attempt(pqxx::connection& connection, const Statement& statement, const Params& params,
                    const std::function<void(const Row&)>& each) {
  pqxx::nontransaction transaction(connection);
  const auto pointers = params.pointers();
  const pqxx::result result = transaction.exec_prepared(
      statement.name, pqxx::prepare::make_dynamic_params(pointers.begin(), pointers.end()));
  for (const pqxx::row& row : result) each(Row(row));
  return result.columns() > 0 ? result.size() : result.affected_rows();
}

}  // namespace

Result<std::size_t> Database::run(const Statement& statement, const Params& params, Repeat repeat,
                                  const std::function<void(const Row&)>& each,
                                  const std::function<void()>& start) {
  if (params.has_nul()) return Error{Code::kInvalid, "a text contains a NUL byte", statement.name};
  for (int attempts = 1;; ++attempts) {
    Pool::Loan connection = TRY(pool_.lend());
    start();
    try {
      return attempt(*connection, statement, params, each);
    } catch (const std::exception&) {
      Failure failure = classify_current_exception(statement.name);
      if (failure.broken) connection.discard();
      const bool may_repeat = failure.rolled_back || (failure.broken && repeat == Repeat::kSafe &&
                                                      failure.error.code == Code::kUnavailable);
      if (!may_repeat || attempts == kAttemptsMax) return std::move(failure.error);
    }
  }
}

}  // namespace mcph::store
