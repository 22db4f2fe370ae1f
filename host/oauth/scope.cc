#include "oauth/scope.h"

#include <algorithm>

namespace mcph::oauth {
namespace {

bool contains(const std::vector<std::string>& list, std::string_view item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

// RFC 6749 §3.3: %x21 / %x23-5B / %x5D-7E
bool is_scope_char(char c) {
  return c > 0x20 && c < 0x7f && c != '"' && c != '\\';
}

}  // namespace

std::optional<std::vector<std::string>> parse_scope(std::string_view text) {
  std::vector<std::string> scopes;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (word.empty()) continue;
    if (!std::all_of(word.begin(), word.end(), is_scope_char)) return std::nullopt;
    if (!contains(scopes, word)) scopes.emplace_back(word);
  }
  return scopes;
}

std::string join_scopes(const std::vector<std::string>& scopes) {
  std::string out;
  for (const auto& scope : scopes) out.append(out.empty() ? "" : " ").append(scope);
  return out;
}

std::vector<std::string> names_of(const std::vector<ScopeWords>& scopes) {
  std::vector<std::string> names;
  names.reserve(scopes.size());
  for (const auto& scope : scopes) names.push_back(scope.name);
  return names;
}

std::vector<std::string> offered_scopes(const Settings& settings, const Client& client) {
  auto all = names_of(settings.scopes);
  return client.scopes.empty() ? all : intersect_scopes(client.scopes, all);
}

std::vector<std::string> initial_scopes(const Settings& settings) {
  auto all = names_of(settings.scopes);
  return settings.initial_scopes.empty() ? all : intersect_scopes(settings.initial_scopes, all);
}

std::vector<std::string> intersect_scopes(const std::vector<std::string>& wanted,
                                          const std::vector<std::string>& allowed) {
  std::vector<std::string> both;
  for (const auto& scope : allowed) {
    if (contains(wanted, scope)) both.push_back(scope);
  }
  return both;
}

}  // namespace mcph::oauth
