#include "oauth/token/client_assertion.h"

#include <algorithm>
#include <array>
#include <utility>

#include "crypto/hash.h"
#include "crypto/jws.h"
#include "oauth/endpoints.h"

namespace mcph::oauth {
namespace {

constexpr std::string_view kAssertionType =
    "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
constexpr Seconds kLifetimeMax{300};  // a stolen one is worth no more, and its id is kept no longer
constexpr Seconds kSkew{30};          // of the client's clock
constexpr std::size_t kJtiBytesMax = 256;

// Whoever held their private halves published them long ago (RFC 7515 A.3, RFC 7517 A.1): what one
// of them signed is refused like everything else.
constexpr const char* kNobodysKeys[] = {
    R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
    R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})",
    R"({"kty":"RSA","e":"AQAB","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT)"
    R"(86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN)"
    R"(5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbIS)"
    R"(D08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzK)"
    R"(nqDKgw"})",
};

Error refuse(std::string why) {
  return Error{Code::kUnauthorized, std::move(why), {}};
}

struct Assertion {
  const Settings& settings;
  const Client& client;
  const json::object& claims;
  UnixTime now;
};

// RFC 7523 §3 (1), (2)
Result<> check_parties(const Assertion& assertion) {
  for (const char* name : {"iss", "sub"}) {
    if (find_string(assertion.claims, name) != assertion.client.id.str()) {
      return refuse(std::string(name) + " is not the client");
    }
  }
  return Ok{};
}

// RFC 7523 §3 (3): for us and for nobody else, who could pass it on to us.
Result<> check_audience(const Assertion& assertion) {
  const json::value* audience = find(assertion.claims, "aud");
  if (audience != nullptr && audience->is_array() && audience->get_array().size() == 1) {
    audience = &audience->get_array().front();
  }
  if (audience == nullptr || !audience->is_string()) return refuse("aud must be one name");
  const std::string& issuer = assertion.settings.issuer;
  const std::string_view named = view(audience->get_string());
  // RFC 9126 §2: the address of the pushed endpoint is as good as that of the token endpoint.
  for (const char* path : {"", kTokenPath, kPushPath}) {
    if (named == issuer + path) return Ok{};
  }
  return refuse("aud is somebody else");
}

// RFC 7523 §3 (4), (5), (6)
Result<> check_times(const Assertion& assertion) {
  const auto expires_at = find_int(assertion.claims, "exp");
  if (!expires_at) return refuse("exp is missing");
  const std::int64_t now = to_unix(assertion.now);
  if (*expires_at <= now) return refuse("it expired");
  if (*expires_at > now + (kLifetimeMax + kSkew).count()) return refuse("it lives too long");
  for (const char* name : {"nbf", "iat"}) {
    if (find(assertion.claims, name) == nullptr) continue;
    const auto begins_at = find_int(assertion.claims, name);
    if (!begins_at || *begins_at > now + kSkew.count()) {
      return refuse(std::string(name) + " is in the future");
    }
  }
  return Ok{};
}

// RFC 7523 §3 (7), and OpenID Connect Core §9, which demands it.
Result<> check_id(const Assertion& assertion) {
  const auto id = find_string(assertion.claims, "jti");
  if (!id || id->empty() || id->size() > kJtiBytesMax) return refuse("jti is missing or too long");
  return Ok{};
}

using Check = Result<> (*)(const Assertion&);
constexpr std::array<Check, 4> kChecks{check_parties, check_audience, check_times, check_id};

// Last: an assertion that is refused for another reason must not use up an id.
Result<> check_unused(const Parts& parts, const Assertion& assertion) {
  const std::string id =
      assertion.client.id.str() + '\0' + std::string(*find_string(assertion.claims, "jti"));
  // A little longer than it is good, as the hosts' clocks differ.
  const UnixTime forgotten_at = from_unix(*find_int(assertion.claims, "exp")) + kSkew;
  if (!TRY(parts.replays.use_once(crypto::sha256("client-assertion/1 " + id), forgotten_at))) {
    return refuse("it was used before");
  }
  return Ok{};
}

}  // namespace

const std::vector<std::string>& assertion_algorithms() {
  static const std::vector<std::string> algorithms{"RS256", "ES256"};
  return algorithms;
}

bool has_client_assertion(const Parameters& parameters) {
  return parameters.find("client_assertion") || parameters.find("client_assertion_type");
}

std::variant<ClientAssertion, Refusal> read_client_assertion(const Parameters& parameters) {
  const auto compact = parameters.find("client_assertion");
  if (!compact) return errors::invalid_request("client_assertion is missing");
  if (parameters.find("client_assertion_type") != kAssertionType) {
    return errors::invalid_request("client_assertion_type is not the one for JWTs");
  }
  const auto claims = crypto::read_unverified_claims(*compact);
  const auto subject = claims.ok() ? find_string(*claims, "sub") : std::nullopt;
  if (!subject) return errors::invalid_client("client authentication failed");
  return ClientAssertion{std::string(*compact), ClientId{std::string(*subject)}};
}

Result<> check_nobodys_assertion(std::string_view compact) {
  const auto kid = crypto::read_unverified_kid(compact);
  if (!kid.ok()) return refuse(kid.error().message);
  json::array keys;
  for (const char* text : kNobodysKeys) {
    json::value key = TRY(parse_json(text));
    if (!kid->empty()) key.get_object()["kid"] = std::string_view(*kid);
    keys.push_back(std::move(key));
  }
  const json::object set{{"keys", std::move(keys)}};
  const auto parsed = TRY(crypto::JwkSet::parse(to_json(set)));
  const auto verified = crypto::verify_jws(compact, parsed, assertion_algorithms());
  return refuse(verified.ok() ? "the client is not known" : verified.error().message);
}

Result<> check_client_assertion(const Parts& parts, const Client& client,
                                std::string_view compact) {
  const auto keys = crypto::JwkSet::parse(client.jwks);
  if (!keys.ok()) return refuse("the client has no keys");
  const auto verified = crypto::verify_jws(compact, *keys, assertion_algorithms());
  if (!verified.ok()) return refuse(verified.error().message);
  const Assertion assertion{parts.settings, client, verified->claims, parts.clock.now()};
  for (const Check check : kChecks) TRY(check(assertion));
  return check_unused(parts, assertion);
}

}  // namespace mcph::oauth
