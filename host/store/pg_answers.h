// mcp::AnswerStore on PostgreSQL.
#pragma once

#include "mcp/legacy/answer_store.h"
#include "store/database.h"

namespace mcph::store {

class PgAnswers final : public mcp::AnswerStore {
 public:
  explicit PgAnswers(Database& database) : database_(database) {}
  static const Statements& statements();

  Result<> put(const std::string& question, const std::string& sealed,
               UnixTime expires_at) override;
  Result<std::optional<std::string>> take(const std::string& question) override;

 private:
  Database& database_;
};

}  // namespace mcph::store
