#include "federation/access_token_claims.h"

#include <algorithm>
#include <array>

#include "base/encoding.h"
#include "base/http_message.h"
#include "federation/limits.h"

namespace mcph::federation {
namespace {

using crypto::Jws;

bool is_visible(std::string_view text, std::size_t bytes_max) {
  return !text.empty() && text.size() <= bytes_max &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

bool contains(const std::vector<std::string>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// RFC 9068 §2.1; PingOne has sent JWT or nothing until now. An ID token or a logout token that
// names its kind must not pass for an access token (RFC 8725 §3.11).
bool has_type(const Jws& token, const AccessTokenRules&, UnixTime) {
  if (find(token.header, "typ") == nullptr) return true;
  const auto type = find_string(token.header, "typ").value_or(std::string_view{});
  return iequals(type, "at+jwt") || iequals(type, "application/at+jwt") || iequals(type, "JWT");
}

bool has_issuer(const Jws& token, const AccessTokenRules& rules, UnixTime) {
  return find_string(token.claims, "iss") == rules.issuer;
}

// RFC 9068 §4, step 3: one of them is this host, by the name the provider has for it.
bool has_audience(const Jws& token, const AccessTokenRules& rules, UnixTime) {
  return contains(audiences_of(token.claims), rules.audience);
}

bool is_current(const Jws& token, const AccessTokenRules&, UnixTime now_at) {
  const std::int64_t now = to_unix(now_at);
  const std::int64_t skew = limits::kClockSkew.count();
  const auto expires = find_int(token.claims, "exp");
  if (!expires || *expires <= now - skew || *expires > now + limits::kTokenLifetimeMax.count()) {
    return false;
  }
  for (const char* name : {"nbf", "iat"}) {
    if (find(token.claims, name) == nullptr) continue;
    const auto at = find_int(token.claims, name);
    if (!at || *at > now + skew) return false;
  }
  return true;
}

// A token of a client for itself has nobody in whose name a tool could act.
bool has_subject(const Jws& token, const AccessTokenRules&, UnixTime) {
  const auto subject = find_string(token.claims, "sub");
  return subject && is_visible(*subject, limits::kSubjectBytesMax) &&
         *subject != client_of(token.claims);
}

bool has_client(const Jws& token, const AccessTokenRules& rules, UnixTime) {
  const std::string client = client_of(token.claims);
  return is_visible(client, limits::kSubjectBytesMax) &&
         (rules.clients.empty() || contains(rules.clients, client));
}

// One string of words (RFC 9068 §2.2.3) or, from PingOne Advanced Identity Cloud, an array of them.
bool has_readable_scope(const Jws& token, const AccessTokenRules&, UnixTime) {
  const json::value* scope = find(token.claims, "scope");
  if (scope == nullptr) return true;
  if (scope->is_array()) {
    const json::array& words = scope->get_array();
    const bool all_strings = std::all_of(words.begin(), words.end(),
                                         [](const json::value& word) { return word.is_string(); });
    if (!all_strings) return false;
  } else if (!scope->is_string()) {
    return false;
  }
  const auto scopes = scopes_of(token.claims);
  return scopes.size() <= limits::kScopesMax &&
         std::all_of(scopes.begin(), scopes.end(), [](const std::string& word) {
           return is_visible(word, limits::kScopeBytesMax);
         });
}

// RFC 7800 §3.1: a binding we do not know is one we cannot check.
bool has_known_binding(const Jws& token, const AccessTokenRules&, UnixTime) {
  const json::value* binding = find(token.claims, "cnf");
  if (binding == nullptr) return true;
  return binding->is_object() && binding->get_object().size() == 1 &&
         !key_thumbprint_of(token.claims).empty();
}

struct Check {
  const char* name;
  bool (*holds)(const Jws&, const AccessTokenRules&, UnixTime);
};

constexpr std::array<Check, 8> kChecks{{
    {"typ", has_type},
    {"iss", has_issuer},
    {"aud", has_audience},
    {"exp, nbf or iat", is_current},
    {"client_id", has_client},
    {"sub", has_subject},
    {"scope", has_readable_scope},
    {"cnf", has_known_binding},
}};

}  // namespace

Result<> check_access_token(const Jws& token, const AccessTokenRules& rules, UnixTime now) {
  for (const Check& check : kChecks) {
    if (check.holds(token, rules, now)) continue;
    return Error{Code::kUnauthorized, "the access token is not valid", check.name};
  }
  return Ok{};
}

std::vector<std::string> audiences_of(const json::object& claims) {
  if (const auto one = find_string(claims, "aud")) return {std::string(*one)};
  std::vector<std::string> audiences;
  const json::array* many = find_array(claims, "aud");
  if (many == nullptr) return audiences;
  for (const json::value& one : *many) {
    if (one.is_string()) audiences.emplace_back(view(one.get_string()));
  }
  return audiences;
}

std::vector<std::string> scopes_of(const json::object& claims) {
  std::vector<std::string> scopes;
  const auto add = [&scopes](std::string_view word) {
    if (!word.empty() && !contains(scopes, word)) scopes.emplace_back(word);
  };
  if (const json::array* words = find_array(claims, "scope")) {
    for (const json::value& word : *words) {
      if (word.is_string()) add(view(word.get_string()));
    }
    return scopes;
  }
  std::string_view text = find_string(claims, "scope").value_or(std::string_view{});
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    add(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return scopes;
}

std::string client_of(const json::object& claims) {
  for (const char* name : {"client_id", "azp"}) {
    if (const auto client = find_string(claims, name)) return std::string(*client);
  }
  return {};
}

UnixTime expiry_of(const json::object& claims) {
  return from_unix(find_int(claims, "exp").value_or(0));
}

std::string key_thumbprint_of(const json::object& claims) {
  const json::object* binding = find_object(claims, "cnf");
  if (binding == nullptr) return {};
  return std::string(find_string(*binding, "jkt").value_or(std::string_view{}));
}

}  // namespace mcph::federation
