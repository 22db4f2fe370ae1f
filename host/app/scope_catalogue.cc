#include "app/scope_catalogue.h"

#include <map>
#include <string>

namespace mcph::app {
namespace {

// More names than that are read by nobody.
constexpr std::size_t kNamesMax = 5;

// Scope -> the names of what needs it.
using Users = std::map<std::string, std::vector<std::string>>;

Users list_users(const mcp::Offers& offers) {
  Users users;
  for (const auto* list : {&offers.tools, &offers.prompts, &offers.resources, &offers.templates}) {
    for (const mcp::Item& item : list->items) {
      for (const std::string& scope : item.scopes) users[scope].push_back(item.name);
    }
  }
  return users;
}

std::string make_words(const std::vector<std::string>& names) {
  std::string words = "Use ";
  for (std::size_t i = 0; i < names.size() && i < kNamesMax; ++i) {
    words.append(i > 0 ? ", " : "").append(names[i]);
  }
  if (names.size() > kNamesMax) {
    words += " and " + std::to_string(names.size() - kNamesMax) + " more";
  }
  return words;
}

}  // namespace

std::vector<oauth::ScopeWords> make_scope_catalogue(const std::vector<ScopeConfig>& configured,
                                                    const mcp::Offers& offers) {
  std::vector<oauth::ScopeWords> catalogue;
  Users users = list_users(offers);
  const auto words_of = [&](const std::string& scope) {
    const auto words = offers.scope_words.find(scope);
    if (words != offers.scope_words.end()) return words->second;
    const auto used = users.find(scope);
    return used != users.end() ? make_words(used->second) : scope;
  };
  for (const ScopeConfig& scope : configured) {
    catalogue.push_back({scope.name, scope.words.empty() ? words_of(scope.name) : scope.words});
  }
  for (const ScopeConfig& scope : configured) users.erase(scope.name);
  for (const auto& [scope, names] : users) catalogue.push_back({scope, words_of(scope)});
  return catalogue;
}

}  // namespace mcph::app
