// One row of an answer, read by column number. Internal to store/. Reading throws on what
// PostgreSQL would not have written; Database::run() catches it, so readers stay straight.
#pragma once

#include <cstdint>
#include <optional>
#include <pqxx/row>
#include <string>
#include <vector>

#include "base/time.h"

namespace mcph::store {

class Row {
 public:
  explicit Row(const pqxx::row& row) : row_(row) {}

  bool is_null(int column) const { return row_[column].is_null(); }
  std::string text(int column) const;   // NULL: empty
  std::string bytes(int column) const;  // bytea; NULL: empty
  std::int64_t integer(int column) const;
  bool boolean(int column) const;
  UnixTime time(int column) const;  // selected as extract(epoch from …)::bigint
  std::optional<UnixTime> optional_time(int column) const;
  std::vector<std::string> list(int column) const;  // text[]

 private:
  const pqxx::row& row_;
};

}  // namespace mcph::store
