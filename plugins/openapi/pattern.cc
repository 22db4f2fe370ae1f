#include "pattern.h"

#include <cstdint>

#include "limits.h"

namespace openapi {
namespace {

constexpr std::uint64_t kCountsMax = 500;  // all repetitions together; a validator unrolls them

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// {2}, {2,} or {2,5}: moves `at` to its end and adds to `counts`.
bool take_count(std::string_view pattern, std::size_t& at, std::uint64_t& counts) {
  const std::size_t end = pattern.find('}', at);
  if (end == pattern.npos || end == at + 1 || end - at > 10 || !is_digit(pattern[at + 1])) {
    return false;
  }
  std::uint64_t number = 0;
  int commas = 0;
  for (std::size_t i = at + 1; i < end; ++i) {
    if (pattern[i] == ',') {
      ++commas;
      counts += number;
      number = 0;
    } else if (is_digit(pattern[i])) {
      number = number * 10 + static_cast<std::uint64_t>(pattern[i] - '0');
    } else {
      return false;
    }
  }
  counts += number;
  at = end;
  return commas <= 1;
}

// A character behind a backslash that means the same everywhere.
bool is_common_escape(char c) {
  return std::string_view("dDwWsSnrtbB.-/\\[](){}+*?^$|").find(c) != std::string_view::npos;
}

}  // namespace

bool is_common_pattern(std::string_view pattern) {
  if (pattern.size() > kPatternBytesMax) return false;
  std::uint64_t counts = 0;
  int open = 0;
  bool in_class = false, repeatable = false, group_ended = false;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    const char c = pattern[at];
    const bool after_group = group_ended;
    group_ended = false;
    if (c == '\\') {
      if (++at >= pattern.size() || !is_common_escape(pattern[at])) return false;
      if (in_class && (pattern[at] == 'b' || pattern[at] == 'B')) return false;
      repeatable = true;
    } else if (in_class) {
      if (c == ']') in_class = false;
      if (c == '[') return false;
      repeatable = true;
    } else if (c == '[') {
      in_class = true;
      if (pattern.substr(at + 1, 1) == "]" || pattern.substr(at + 1, 2) == "^]") return false;
    } else if (c == '(') {
      ++open;
      if (pattern.substr(at + 1, 1) == "?") {
        if (pattern.substr(at + 1, 2) != "?:") return false;
        at += 2;
      }
      repeatable = false;
    } else if (c == ')') {
      if (--open < 0) return false;
      repeatable = group_ended = true;
    } else if (c == '{') {
      if (!repeatable || after_group || !take_count(pattern, at, counts)) return false;
      repeatable = pattern.substr(at + 1, 1) == "?";
    } else if (c == '*' || c == '+' || c == '?') {
      if (!repeatable) return false;
      repeatable = c != '?' && pattern.substr(at + 1, 1) == "?";
    } else if (c == '}' || c == ']') {
      return false;
    } else {
      repeatable = c != '|' && c != '^' && c != '$';
    }
  }
  return open == 0 && !in_class && counts <= kCountsMax;
}

}  // namespace openapi
