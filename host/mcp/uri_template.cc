#include "mcp/uri_template.h"

#include <algorithm>

#include "base/encoding.h"
#include "base/url.h"
#include "mcp/limits.h"

namespace mcph::mcp {
namespace {

Error invalid(std::string why) {
  return Error{Code::kInvalid, std::move(why), {}};
}

// RFC 6570 §2.1.
bool is_literal(char c) {
  return c > 0x20 && c < 0x7f && std::string_view("\"'<>\\^`{|}").find(c) == std::string_view::npos;
}

// RFC 6570 §2.3, without percent-encoded names.
bool is_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

bool has_dot_segment(std::string_view text) {
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('/', at), text.size());
    const std::string_view segment = text.substr(at, end - at);
    if (segment == "." || segment == "..") return true;
    at = end + 1;
  }
  return false;
}

// What a plugin may take for a name in a path or in a query without thinking about it.
std::optional<std::string> decode_value(std::string_view raw, bool reserved) {
  if (raw.empty()) return std::nullopt;
  if (!reserved && raw.find_first_of("/?#") != raw.npos) return std::nullopt;
  auto value = from_percent(raw);
  if (!value || !is_utf8(*value) || has_dot_segment(*value)) return std::nullopt;
  if (!reserved && value->find('/') != value->npos) return std::nullopt;
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  if (std::any_of(value->begin(), value->end(), is_control)) return std::nullopt;
  return value;
}

}  // namespace

struct UriTemplate::Search {
  Variables found;
  std::size_t steps = 0;
};

Result<UriTemplate> UriTemplate::parse(std::string_view text) {
  if (text.size() > limits::kUriBytesMax) return invalid("is too long");
  UriTemplate out;
  std::string example;  // with "x" for every variable
  std::string* literal = &out.prefix_;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '{') {
      if (!is_literal(text[at])) return invalid("has a character that belongs into no URI");
      *literal += text[at];
      example += text[at];
      continue;
    }
    const std::size_t end = text.find('}', at);
    if (end == text.npos) return invalid("has a '{' without '}'");
    std::string_view name = text.substr(at + 1, end - at - 1);
    const bool reserved = name.starts_with('+');
    if (reserved) name.remove_prefix(1);
    if (!is_name(name)) return invalid("has an expression that is neither {x} nor {+x}");
    if (out.has_variable(name)) return invalid("has a variable twice");
    if (out.prefix_.empty()) return invalid("begins with a variable");
    if (literal->empty()) return invalid("has nothing between two variables");
    if (out.parts_.size() == limits::kTemplateVariablesMax)
      return invalid("has too many variables");
    out.parts_.push_back({std::string(name), reserved, {}});
    literal = &out.parts_.back().literal;
    example += 'x';
    at = end;
  }
  // A variable in the scheme would make a plugin answer for URIs of every kind.
  if (out.prefix_.find(':') == out.prefix_.npos || !parse_url(example).ok()) {
    return invalid("does not make URIs");
  }
  return out;
}

bool UriTemplate::has_variable(std::string_view name) const noexcept {
  return std::any_of(parts_.begin(), parts_.end(),
                     [&](const Part& part) { return part.name == name; });
}

std::size_t UriTemplate::count_literals() const noexcept {
  std::size_t bytes = prefix_.size();
  for (const Part& part : parts_) bytes += part.literal.size();
  return bytes;
}

bool UriTemplate::has_reserved() const noexcept {
  return std::any_of(parts_.begin(), parts_.end(), [](const Part& part) { return part.reserved; });
}

bool UriTemplate::says_more(const UriTemplate& a, const UriTemplate& b) noexcept {
  if (a.prefix_.size() != b.prefix_.size()) return a.prefix_.size() > b.prefix_.size();
  if (a.has_reserved() != b.has_reserved()) return b.has_reserved();
  return a.count_literals() > b.count_literals();
}

std::optional<UriTemplate::Variables> UriTemplate::match(std::string_view uri) const {
  if (uri.size() > limits::kUriBytesMax || !uri.starts_with(prefix_)) return std::nullopt;
  Search search;
  if (!match_from(0, uri.substr(prefix_.size()), search)) return std::nullopt;
  return std::move(search.found);
}

bool UriTemplate::match_from(std::size_t at, std::string_view rest, Search& search) const {
  if (at == parts_.size()) return rest.empty();
  const Part& part = parts_[at];
  const bool last = at + 1 == parts_.size();
  std::size_t end = 1;
  if (last) {  // the rest is the value and the literal: nothing to look for
    if (!rest.ends_with(part.literal)) return false;
    end = rest.size() - part.literal.size();
  }
  for (;; ++end) {
    if (++search.steps > limits::kTemplateStepsMax) return false;
    end = rest.find(part.literal, end);
    if (end == rest.npos) return false;
    auto value = decode_value(rest.substr(0, end), part.reserved);
    if (value) {
      search.found.emplace_back(part.name, std::move(*value));
      if (match_from(at + 1, rest.substr(end + part.literal.size()), search)) return true;
      search.found.pop_back();
    }
    if (last) return false;
  }
}

}  // namespace mcph::mcp
