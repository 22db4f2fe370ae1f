#include "federation/scope_shrink.h"

#include <set>

namespace mcph::federation {
namespace {

std::set<std::string_view> words_of(std::string_view text) {
  std::set<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = text.find(' ');
    if (end != 0) words.insert(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return words;
}

}  // namespace

std::string find_lost_scopes(std::string_view before, std::string_view after) {
  const auto kept = words_of(after);
  std::string lost;
  for (const std::string_view word : words_of(before)) {
    if (kept.count(word) == 0) lost.append(lost.empty() ? "" : " ").append(word);
  }
  return lost;
}

}  // namespace mcph::federation
