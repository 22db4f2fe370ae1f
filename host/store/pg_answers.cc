#include "store/pg_answers.h"

namespace mcph::store {
namespace {

constexpr Statement kPut{"answer_put", R"(
WITH added AS (
  INSERT INTO mcph.answer (question, sealed, expires_at) VALUES ($1, $2, to_timestamp($3))
  ON CONFLICT (question) DO NOTHING RETURNING question)
SELECT pg_notify('mcph', 'answer:' || question) FROM added)"};

constexpr Statement kTake{"answer_take",
                          "DELETE FROM mcph.answer WHERE question = $1 RETURNING sealed"};

}  // namespace

const Statements& PgAnswers::statements() {
  static const Statements all{kPut, kTake};
  return all;
}

Result<> PgAnswers::put(const std::string& question, const std::string& sealed,
                        UnixTime expires_at) {
  const auto params = Params().text(question).text(sealed).time(expires_at);
  TRY(database_.execute(kPut, params, Repeat::kSafe));
  return Ok{};
}

Result<std::optional<std::string>> PgAnswers::take(const std::string& question) {
  return database_.find(kTake, Params().text(question), Repeat::kUnsafe,
                        [](const Row& row) { return row.text(0); });
}

}  // namespace mcph::store
