// Reads requests of the admin API: bearer, body, query, preconditions. What cannot be read is an
// answer already. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/http_message.h"
#include "base/json.h"

namespace mcph::http {

template <class T>
using OrRefusal = std::variant<T, Response>;

// The token of `Authorization: Bearer …` (RFC 6750 §2.1).
std::optional<std::string_view> find_bearer_token(const Request& request);

// A JSON object. 415 for another media type than those (JSON merge patches for PATCH), 400 for what
// is no JSON, 422 for what is no object. An empty body is an empty object when `may_be_absent`.
OrRefusal<json::object> read_object(const Request& request, bool may_be_absent);

// The parameters of the query by name. 422 for a name that is not in `known` or stands there twice.
struct Query {
  std::vector<std::pair<std::string, std::string>> fields;
  std::string get(std::string_view name) const;  // empty when absent
};
OrRefusal<Query> read_query(const Request& request, const std::vector<std::string_view>& known);

// limit and cursor of a list.
struct Paging {
  std::size_t limit = 0;
  std::string after;
};
OrRefusal<Paging> read_paging(const Query& query);
std::string make_cursor(std::string_view last_id);

// What If-Match demands (RFC 9110 §13.1.1).
struct Precondition {
  bool given = false;
  std::optional<std::int64_t> version;  // nothing with `*`
};
// 412 for a tag that no version ever had.
OrRefusal<Precondition> read_if_match(const Request& request);
std::string make_etag(std::int64_t version);

}  // namespace mcph::http
