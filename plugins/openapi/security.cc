#include "security.h"

#include <algorithm>
#include <set>

#include "limits.h"

namespace openapi {
namespace {

constexpr std::size_t kWordsBytesMax = 512;  // as the host takes them

const Json* find_scheme(const Document& document, const std::string& name) {
  const Json* components = find_object(document.root(), "components");
  const Json* schemes =
      components != nullptr ? find_object(*components, "securitySchemes") : nullptr;
  const Json* scheme = schemes != nullptr ? schemes->find(name) : nullptr;
  return scheme != nullptr ? &document.resolve(*scheme) : nullptr;
}

bool is_user_scheme(const Document& document, const std::string& name) {
  const Json* scheme = find_scheme(document, name);
  if (scheme == nullptr) throw Refusal("its security names an unknown scheme " + name);
  const std::string type = find_text(*scheme, "type").value_or("");
  return type == "oauth2" || type == "openIdConnect";
}

bool is_scope(const std::string& scope) {  // RFC 6749 §3.3
  return !scope.empty() && scope.size() <= 256 &&
         std::all_of(scope.begin(), scope.end(),
                     [](char c) { return c > 0x20 && c < 0x7f && c != '"' && c != '\\'; });
}

// The words of the first flow that has some.
std::string find_words(const Document& document, const std::string& scheme,
                       const std::string& scope) {
  const Json* flows = find_object(*find_scheme(document, scheme), "flows");
  if (flows == nullptr) return {};
  for (const std::string& name : flows->names()) {
    const Json* scopes = find_object(*flows->find(name), "scopes");
    const std::string words = scopes != nullptr ? find_text(*scopes, scope).value_or("") : "";
    if (!words.empty()) return shorten(words, kWordsBytesMax);
  }
  return {};
}

}  // namespace

Scopes read_scopes(const Document& document, const FoundOperation& found) {
  const Json* security = find_array(*found.operation, "security");
  if (security == nullptr) security = find_array(document.root(), "security");
  if (security == nullptr) return {};
  const Json* chosen = nullptr;
  for (const Json& alternative : security->items()) {
    if (!alternative.is_object()) throw Refusal("its security is no list of objects");
    const auto& names = alternative.names();
    if (names.empty()) return {};
    const bool fits = std::all_of(names.begin(), names.end(), [&document](const std::string& name) {
      return is_user_scheme(document, name);
    });
    if (fits && chosen == nullptr) chosen = &alternative;
  }
  if (chosen == nullptr) return {};
  Scopes scopes;
  std::set<std::string> known;
  for (const std::string& scheme : chosen->names()) {
    const Json* list = find_array(*chosen, scheme);
    if (list == nullptr) continue;
    for (const Json& item : list->items()) {
      const std::string scope = item.is_string() ? item.as_string() : "";
      if (!is_scope(scope)) throw Refusal("its security names what is no scope");
      if (!known.insert(scope).second) continue;
      scopes.names += (scopes.names.empty() ? "" : " ") + scope;
      const std::string words = find_words(document, scheme, scope);
      if (!words.empty()) scopes.words[scope] = words;
    }
  }
  return scopes;
}

}  // namespace openapi
