#include "http/admin_request.h"

#include <algorithm>
#include <charconv>

#include "admin/page.h"
#include "base/encoding.h"
#include "http/problem.h"

namespace mcph::http {

namespace {

// Client metadata is flat; patches too.
constexpr std::size_t kDepthMax = 8;

std::optional<std::int64_t> parse_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

bool has_json_type(const Request& request) {
  return iequals(request.content_type(), "application/json") ||
         (request.method == Method::kPatch &&
          iequals(request.content_type(), "application/merge-patch+json"));
}

}  // namespace

std::optional<std::string_view> find_bearer_token(const Request& request) {
  constexpr std::string_view kScheme = "Bearer ";
  const auto value = request.headers.find("Authorization");
  if (!value || request.headers.count("Authorization") != 1) return std::nullopt;
  if (value->size() <= kScheme.size()) return std::nullopt;
  if (!iequals(value->substr(0, kScheme.size()), kScheme)) return std::nullopt;
  return value->substr(kScheme.size());
}

OrRefusal<json::object> read_object(const Request& request, bool may_be_absent) {
  if (request.body.empty() && may_be_absent) return json::object{};
  if (!has_json_type(request)) return make_problem(415, "send application/json");
  auto parsed = parse_json(request.body, kDepthMax);
  if (!parsed.ok()) return make_problem(400, parsed.error().message);
  if (!parsed->is_object()) return make_problem(422, "send a JSON object");
  return std::move(parsed->get_object());
}

std::string Query::get(std::string_view name) const {
  for (const auto& [key, value] : fields) {
    if (key == name) return value;
  }
  return {};
}

OrRefusal<Query> read_query(const Request& request, const std::vector<std::string_view>& known) {
  auto fields = parse_form(request.query());
  if (!fields) return make_problem(400, "the query cannot be read");
  for (std::size_t i = 0; i < fields->size(); ++i) {
    const std::string& name = (*fields)[i].first;
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      return make_problem(422, "there is no parameter " + name);
    }
    for (std::size_t j = 0; j < i; ++j) {
      if ((*fields)[j].first == name) return make_problem(422, name + " stands there twice");
    }
  }
  return Query{*std::move(fields)};
}

OrRefusal<Paging> read_paging(const Query& query) {
  Paging paging{admin::kPageSizeDefault, {}};
  if (const std::string text = query.get("limit"); !text.empty()) {
    const auto limit = parse_number(text);
    if (!limit || *limit < 1 || *limit > static_cast<std::int64_t>(admin::kPageSizeMax)) {
      return make_problem(422,
                          "limit must be between 1 and " + std::to_string(admin::kPageSizeMax));
    }
    paging.limit = static_cast<std::size_t>(*limit);
  }
  if (const std::string text = query.get("cursor"); !text.empty()) {
    auto after = from_base64url(text);
    if (!after) return make_problem(422, "cursor is not one of ours");
    paging.after = *std::move(after);
  }
  return paging;
}

std::string make_cursor(std::string_view last_id) {
  return to_base64url(last_id);
}

OrRefusal<Precondition> read_if_match(const Request& request) {
  const auto value = request.headers.find("If-Match");
  if (!value) return Precondition{};
  if (*value == "*") return Precondition{true, std::nullopt};
  std::string_view tag = *value;
  if (tag.size() > 2 && tag.front() == '"' && tag.back() == '"') {
    if (const auto version = parse_number(tag.substr(1, tag.size() - 2))) {
      return Precondition{true, *version};
    }
  }
  return make_problem(412, "If-Match names no version of this resource");
}

std::string make_etag(std::int64_t version) {
  return '"' + std::to_string(version) + '"';
}

}  // namespace mcph::http
