#include "store/row.h"

#include <pqxx/array>
#include <pqxx/field>
#include <stdexcept>

#include "base/encoding.h"

namespace mcph::store {

std::string Row::text(int column) const {
  const pqxx::field field = row_[column];
  return {field.c_str(), field.size()};
}

std::string Row::bytes(int column) const {
  const std::string hex = text(column);
  if (hex.empty()) return {};
  auto bytes = hex.starts_with("\\x") ? from_hex(std::string_view(hex).substr(2)) : std::nullopt;
  if (!bytes) throw std::runtime_error("not a bytea in hex");
  return std::move(*bytes);
}

std::int64_t Row::integer(int column) const {
  return row_[column].as<std::int64_t>();
}

bool Row::boolean(int column) const {
  return row_[column].as<bool>();
}

UnixTime Row::time(int column) const {
  return from_unix(integer(column));
}

std::optional<UnixTime> Row::optional_time(int column) const {
  if (is_null(column)) return std::nullopt;
  return time(column);
}

std::vector<std::string> Row::list(int column) const {
  std::vector<std::string> values;
  pqxx::array_parser parser = row_[column].as_array();
  for (auto [step, value] = parser.get_next(); step != pqxx::array_parser::juncture::done;
       std::tie(step, value) = parser.get_next()) {
    if (step == pqxx::array_parser::juncture::string_value) values.push_back(std::move(value));
    if (step == pqxx::array_parser::juncture::null_value)
      throw std::runtime_error("NULL in a list");
  }
  return values;
}

}  // namespace mcph::store
