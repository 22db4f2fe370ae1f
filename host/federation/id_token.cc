#include "federation/id_token.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/encoding.h"
#include "base/http_message.h"
#include "crypto/hash.h"
#include "federation/limits.h"
#include "federation/verified_jws.h"

namespace mcph::federation {
namespace {

using crypto::Jws;

Error untrusted(std::string why) {
  return Error{Code::kUnauthorized, "the identity provider's answer could not be verified",
               "id_token: " + std::move(why)};
}

// An access token or a logout token must not pass for an ID token (RFC 8725 §3.11).
bool has_type(const Jws& token, const IdTokenExpectation&) {
  if (find(token.header, "typ") == nullptr) return true;
  return iequals(find_string(token.header, "typ").value_or(std::string_view{}), "JWT");
}

bool has_issuer(const Jws& token, const IdTokenExpectation& expected) {
  return find_string(token.claims, "iss") == expected.issuer;
}

bool has_audience(const Jws& token, const IdTokenExpectation& expected) {
  if (const auto one = find_string(token.claims, "aud")) return *one == expected.client_id;
  const json::array* many = find_array(token.claims, "aud");
  if (many == nullptr) return false;
  return std::any_of(many->begin(), many->end(), [&](const json::value& value) {
    return value.is_string() && view(value.get_string()) == expected.client_id;
  });
}

// §3.1.3.7 steps 4 and 5: required when there are several audiences, ours whenever it is there.
bool has_authorized_party(const Jws& token, const IdTokenExpectation& expected) {
  const json::array* audiences = find_array(token.claims, "aud");
  const bool required = audiences != nullptr && audiences->size() > 1;
  if (find(token.claims, "azp") == nullptr) return !required;
  return find_string(token.claims, "azp") == expected.client_id;
}

bool is_current(const Jws& token, const IdTokenExpectation& expected) {
  const std::int64_t now = to_unix(expected.now);
  const std::int64_t skew = limits::kClockSkew.count();
  const auto expires = find_int(token.claims, "exp");
  const auto issued = find_int(token.claims, "iat");
  if (!expires || !issued || *issued < 0) return false;
  if (*expires <= now - skew || *issued > now + skew || *expires <= *issued) return false;
  if (find(token.claims, "nbf") == nullptr) return true;
  const auto not_before = find_int(token.claims, "nbf");
  return not_before && *not_before <= now + skew;
}

bool has_nonce(const Jws& token, const IdTokenExpectation& expected) {
  const auto nonce = find_string(token.claims, "nonce");
  return nonce && !expected.nonce.empty() &&
         crypto::equal_constant_time(*nonce, expected.nonce.reveal());
}

// §3.1.3.6: the left half of the access token's digest. Optional in the code flow.
bool has_access_token_hash(const Jws& token, const IdTokenExpectation& expected) {
  if (find(token.claims, "at_hash") == nullptr) return true;
  const auto hash = find_string(token.claims, "at_hash");
  const std::string digest = crypto::sha256(expected.access_token.reveal());
  return hash && *hash == to_base64url(std::string_view(digest).substr(0, digest.size() / 2));
}

// PingOne names here the policy that was completed: another one may have been a weaker one.
bool has_context(const Jws& token, const IdTokenExpectation& expected) {
  const auto& acrs = expected.acrs;
  if (acrs.empty()) return true;
  const auto acr = find_string(token.claims, "acr");
  return acr && std::find(acrs.begin(), acrs.end(), *acr) != acrs.end();
}

// §2: at most 255 ASCII characters. Visible ones alone, because it identifies a person in logs too.
bool has_subject(const Jws& token, const IdTokenExpectation&) {
  const auto subject = find_string(token.claims, "sub");
  return subject && !subject->empty() && subject->size() <= limits::kSubjectBytesMax &&
         std::all_of(subject->begin(), subject->end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

struct Check {
  const char* name;
  bool (*holds)(const Jws&, const IdTokenExpectation&);
};

constexpr std::array<Check, 9> kChecks{{
    {"typ", has_type},
    {"iss", has_issuer},
    {"aud", has_audience},
    {"azp", has_authorized_party},
    {"exp, iat or nbf", is_current},
    {"nonce", has_nonce},
    {"at_hash", has_access_token_hash},
    {"acr", has_context},
    {"sub", has_subject},
}};

Result<Jws> verify_signature(const Secret& compact, JwksCache& keys) {
  // PingOne signs with RS256 alone. `none` and the symmetric algorithms are not known here at all.
  auto token = verify_jws(compact.reveal(), keys, {"RS256"});
  if (token.ok() || token.error().code == Code::kUnavailable) return token;
  return untrusted(token.error().message);
}

std::string make_label(const json::object& claims) {
  for (const char* name : {"preferred_username", "name", "email"}) {
    const auto text = find_string(claims, name);
    if (!text || text->empty() || text->size() > limits::kLabelBytesMax) continue;
    const bool printable = std::none_of(text->begin(), text->end(), [](char c) {
      return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    });
    if (printable) return std::string(*text);
  }
  return {};
}

}  // namespace

Result<> check_id_token(const Jws& token, const IdTokenExpectation& expected) {
  for (const Check& check : kChecks) {
    if (!check.holds(token, expected)) return untrusted(check.name);
  }
  return Ok{};
}

Result<IdToken> verify_id_token(const Secret& compact, JwksCache& keys,
                                const IdTokenExpectation& expected) {
  Jws token = TRY(verify_signature(compact, keys));
  TRY(check_id_token(token, expected));
  IdToken verified;
  verified.subject = std::string(*find_string(token.claims, "sub"));
  verified.acr = std::string(find_string(token.claims, "acr").value_or(std::string_view{}));
  verified.label = make_label(token.claims);
  verified.claims = std::move(token.claims);
  return verified;
}

}  // namespace mcph::federation
