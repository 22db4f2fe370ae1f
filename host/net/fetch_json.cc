#include "net/fetch_json.h"

#include <charconv>
#include <string_view>
#include <utility>

namespace mcph::net {
namespace {

std::string_view trim(std::string_view text) {
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  return text;
}

bool is_json(std::string_view content_type) {
  const std::string_view type = trim(content_type.substr(0, content_type.find(';')));
  constexpr std::string_view kSuffix = "+json";
  return iequals(type, "application/json") ||
         (type.size() > kSuffix.size() &&
          iequals(type.substr(type.size() - kSuffix.size()), kSuffix));
}

Error unavailable(std::string why) {
  return Error{Code::kUnavailable, "the server cannot be used now", std::move(why)};
}

}  // namespace

std::optional<Seconds> parse_max_age(std::string_view cache_control) {
  constexpr std::string_view kName = "max-age=";
  std::optional<Seconds> found;
  while (!cache_control.empty()) {
    const std::size_t comma = cache_control.find(',');
    std::string_view directive = trim(cache_control.substr(0, comma));
    cache_control.remove_prefix(comma == std::string_view::npos ? cache_control.size() : comma + 1);
    if (iequals(directive, "no-store") || iequals(directive, "no-cache")) return Seconds{0};
    if (!iequals(directive.substr(0, kName.size()), kName)) continue;
    directive.remove_prefix(kName.size());
    std::int32_t seconds = 0;
    const auto end = directive.data() + directive.size();
    const auto read = std::from_chars(directive.data(), end, seconds);
    if (read.ec == std::errc{} && read.ptr == end && seconds >= 0) found = Seconds{seconds};
  }
  return found;
}

Result<JsonDocument> fetch_json(HttpClient& http, HttpRequest request) {
  request.method = Method::kGet;
  request.headers.set("Accept", "application/json");
  const std::string tag = request.tag;
  HttpResponse response = TRY(http.send(std::move(request)));
  if (response.status != 200) {
    return unavailable(tag + " answered " + std::to_string(response.status));
  }
  if (!is_json(response.headers.find("content-type").value_or(std::string_view{}))) {
    return unavailable(tag + " answered something other than JSON");
  }
  auto parsed = parse_json(response.body);
  if (!parsed.ok()) return unavailable(tag + " answered " + parsed.error().message);
  JsonDocument document;
  document.value = std::move(parsed).value();
  document.text = std::move(response.body);
  if (const auto field = response.headers.find("cache-control")) {
    document.max_age = parse_max_age(*field);
  }
  return document;
}

}  // namespace mcph::net
