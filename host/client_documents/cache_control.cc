#include "client_documents/cache_control.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace mcph::client_documents {
namespace {

constexpr std::int64_t kYear_s = 365 * 24 * 3600;

std::string_view trim(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::optional<Seconds> read_max_age(const Headers& headers) {
  std::string_view rest = headers.find("cache-control").value_or("");
  std::optional<Seconds> max_age;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(','), rest.size());
    const std::string_view directive = trim(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (iequals(directive, "no-store") || iequals(directive, "no-cache")) return Seconds{0};
    constexpr std::string_view name = "max-age=";
    if (!iequals(directive.substr(0, name.size()), name)) continue;
    std::int64_t seconds = 0;
    const std::string_view digits = directive.substr(name.size());
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
    if (read.ec == std::errc::result_out_of_range) seconds = kYear_s;
    if (read.ec == std::errc::invalid_argument || seconds < 0) seconds = 0;
    max_age = Seconds{std::min(seconds, kYear_s)};
  }
  return max_age;
}

}  // namespace mcph::client_documents
