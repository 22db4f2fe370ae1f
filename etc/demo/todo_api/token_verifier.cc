#include "todo_api/token_verifier.h"

#include <algorithm>
#include <optional>

#include "base/http_message.h"
#include "crypto/hash.h"
#include "crypto/jws.h"

namespace mcph::todo_api {

namespace {

constexpr std::size_t kSubjectBytesMax = 255;  // OpenID Connect Core §2: sub

Error refused(std::string why) {
  return Error{Code::kUnauthorized, std::move(why), {}};
}

bool holds_audience(const json::object& claims, std::string_view audience) {
  const json::value* aud = find(claims, "aud");
  if (aud == nullptr) return false;
  if (aud->is_string()) return view(aud->get_string()) == audience;
  const auto* list = aud->if_array();
  return list != nullptr && std::any_of(list->begin(), list->end(), [&](const json::value& item) {
           return item.is_string() && view(item.get_string()) == audience;
         });
}

// A NumericDate (RFC 7519 §2), which may have a fraction.
std::optional<std::int64_t> find_date(const json::object& claims, std::string_view name) {
  const json::value* value = find(claims, name);
  if (value == nullptr) return std::nullopt;
  if (value->is_int64()) return value->get_int64();
  constexpr double kYear9999 = 253402300799.0;
  if (value->is_double() && value->get_double() >= 0 && value->get_double() < kYear9999) {
    return static_cast<std::int64_t>(value->get_double());
  }
  return std::nullopt;
}

std::vector<std::string> split_words(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (end > 0) words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

// RFC 9068 §2.1; PingOne leaves `typ` out of older tokens.
bool has_access_token_type(const json::object& header) {
  const json::value* typ = find(header, "typ");
  if (typ == nullptr) return true;
  return typ->is_string() && (iequals(view(typ->get_string()), "at+jwt") ||
                              iequals(view(typ->get_string()), "application/at+jwt"));
}

}  // namespace

bool Owner::has_scope(std::string_view scope) const {
  return std::find(scopes.begin(), scopes.end(), scope) != scopes.end();
}

TokenVerifier::TokenVerifier(std::string issuer, std::string audience, SigningKeys& keys,
                             const Clock& clock)
    : issuer_(std::move(issuer)), audience_(std::move(audience)), keys_(keys), clock_(clock) {}

Result<Owner> TokenVerifier::verify(std::string_view token) {
  const std::string hash = crypto::sha256(token);
  {
    const std::lock_guard lock(mutex_);
    const auto found = remembered_.find(hash);
    if (found != remembered_.end()) {
      if (clock_.now() < found->second.expires_at) return found->second;
      remembered_.erase(found);
    }
  }
  Owner owner = TRY(check(token));
  const std::lock_guard lock(mutex_);
  if (remembered_.size() >= kRememberedMax) remembered_.clear();
  remembered_.insert_or_assign(hash, owner);
  return owner;
}

Result<Owner> TokenVerifier::check(std::string_view token) {
  const auto kid = crypto::read_unverified_kid(token);
  if (!kid.ok()) return refused("The access token is not a signed token");
  const auto keys = TRY(keys_.get(*kid));
  const auto jws = crypto::verify_jws(token, *keys, {"RS256"});
  if (!jws.ok()) return refused("The signature of the access token is not the issuer's");
  return check_claims(*jws);
}

Result<Owner> TokenVerifier::check_claims(const crypto::Jws& jws) const {
  const json::object& claims = jws.claims;
  if (!has_access_token_type(jws.header)) return refused("This is not an access token");
  if (find_string(claims, "iss") != issuer_) return refused("The issuer is not ours");
  if (!holds_audience(claims, audience_)) return refused("The token is for another audience");
  const std::int64_t now = to_unix(clock_.now());
  const auto expires_at = find_date(claims, "exp");
  if (!expires_at || *expires_at <= now) return refused("The access token has expired");
  if (find(claims, "nbf") != nullptr) {
    const auto not_before = find_date(claims, "nbf");
    if (!not_before || *not_before > now + kClockSkew.count()) {
      return refused("The access token is not valid yet");
    }
  }
  const auto subject = find_string(claims, "sub");
  if (!subject || subject->empty() || subject->size() > kSubjectBytesMax ||
      subject->find('\0') != std::string_view::npos) {
    return refused("The access token names nobody");
  }
  return Owner{std::string(*subject), split_words(find_string(claims, "scope").value_or("")),
               from_unix(*expires_at)};
}

}  // namespace mcph::todo_api
