#include "oauth/dpop/proof.h"

#include <array>
#include <charconv>

#include "base/encoding.h"
#include "base/json.h"
#include "base/url.h"
#include "crypto/hash.h"
#include "crypto/jwk_thumbprint.h"
#include "crypto/jws.h"

namespace mcph::oauth {
namespace {

constexpr std::string_view kNonceAad = "dpop-nonce/1";
constexpr Seconds kNonceLifetime{300};
constexpr Seconds kAgeMax{300};  // of a proof, by the client's clock
constexpr Seconds kSkew{60};
constexpr std::size_t kProofBytesMax = 8 * 1024;  // with an RSA key of 8192 bits: 4 KB
constexpr std::size_t kJtiBytesMax = 256;

struct Proof {
  const json::object& header;
  const json::object& claims;
  std::string_view method;
  std::string_view url;
  std::string_view access_token;
  UnixTime now;
};

Error refuse(const char* why) {
  return Error{Code::kUnauthorized, why, {}};
}

// RFC 9449 §4.3 (5)
Result<> check_type(const Proof& proof) {
  if (find_string(proof.header, "typ") == "dpop+jwt") return Ok{};
  return refuse("typ is not dpop+jwt");
}

// §4.3 (8)
Result<> check_method(const Proof& proof) {
  if (find_string(proof.claims, "htm") == proof.method) return Ok{};
  return refuse("htm is another method");
}

// §4.3 (9): without query and fragment, and after the normalisation of RFC 3986 §6.2.2 and §6.2.3.
Result<> check_target(const Proof& proof) {
  const auto said = parse_url(find_string(proof.claims, "htu").value_or(""));
  const auto real = parse_url(proof.url);
  const auto path_of = [](const Url& url) { return url.path.empty() ? "/" : url.path; };
  const bool same = said.ok() && real.ok() && !said->has_userinfo &&
                    said->origin() == real->origin() && path_of(*said) == path_of(*real);
  if (same) return Ok{};
  return refuse("htu is another address");
}

// §4.3 (11)
Result<> check_time(const Proof& proof) {
  const auto issued_at = find_int(proof.claims, "iat");
  const std::int64_t now = to_unix(proof.now);
  if (!issued_at || *issued_at > now + kSkew.count() || *issued_at < now - kAgeMax.count()) {
    return refuse("iat is not now");
  }
  return Ok{};
}

// §4.3 (12): bound to this very token.
Result<> check_token(const Proof& proof) {
  if (proof.access_token.empty()) return Ok{};
  const std::string hash = to_base64url(crypto::sha256(proof.access_token));
  if (find_string(proof.claims, "ath") == hash) return Ok{};
  return refuse("ath is another token");
}

// §4.3 (3)
Result<> check_id(const Proof& proof) {
  const auto id = find_string(proof.claims, "jti");
  if (id && !id->empty() && id->size() <= kJtiBytesMax) return Ok{};
  return refuse("jti is missing or too long");
}

using Check = Result<> (*)(const Proof&);
constexpr std::array<Check, 6> kChecks{check_type, check_method, check_target,
                                       check_time, check_token,  check_id};

struct Verified {
  crypto::Jws jws;
  std::string jkt;
};

// §4.3 (4), (6), (7): signed by the key it names, which is public.
Result<Verified> verify(std::string_view compact) {
  const json::object header = TRY(crypto::read_unverified_header(compact));
  const auto* jwk = find_object(header, "jwk");
  if (jwk == nullptr) return refuse("jwk is missing");
  for (const char* name : {"d", "p", "q", "k"}) {
    if (find(*jwk, name) != nullptr) return refuse("jwk is a private key");
  }
  auto jkt = crypto::make_jwk_thumbprint(*jwk);
  if (!jkt) return refuse("jwk is of an unknown type");
  const json::object set{{"keys", json::array{*jwk}}};
  const auto keys = TRY(crypto::JwkSet::parse(to_json(set)));
  auto jws = TRY(crypto::verify_jws(compact, keys, dpop_algorithms()));
  return Verified{std::move(jws), *std::move(jkt)};
}

DpopOutcome invalid(std::string why) {
  return {DpopOutcome::Kind::kInvalid, {}, std::move(why)};
}

}  // namespace

const std::vector<std::string>& dpop_algorithms() {
  static const std::vector<std::string> algorithms{"ES256", "RS256"};
  return algorithms;
}

bool is_key_thumbprint(std::string_view text) {
  const auto digest = from_base64url(text);
  return digest && digest->size() == 32;
}

DpopVerifier::DpopVerifier(const crypto::KeySource& keys, Random& random, ReplayStore& replays,
                           const Clock& clock)
    : nonces_(keys, "oauth.dpop-nonce", random), replays_(replays), clock_(clock) {}

std::string DpopVerifier::make_nonce() const {
  return nonces_.seal(std::to_string(to_unix(clock_.now())), kNonceAad);
}

bool DpopVerifier::is_fresh_nonce(std::string_view nonce) const {
  const auto opened = nonces_.open(nonce, kNonceAad);
  if (!opened) return false;
  const std::string_view text = opened->reveal();
  std::int64_t made_at = 0;
  std::from_chars(text.data(), text.data() + text.size(), made_at);
  const std::int64_t age = to_unix(clock_.now()) - made_at;
  return age <= kNonceLifetime.count() && age >= -kSkew.count();  // made by a host ahead of us
}

DpopOutcome DpopVerifier::check(const Request& http, std::string_view url,
                                std::string_view access_token) const {
  const auto compact = http.headers.find("dpop");
  if (!compact) return {};
  if (http.headers.count("dpop") > 1) return invalid("more than one proof");  // §4.3 (1)
  if (compact->size() > kProofBytesMax) return invalid("the proof is too long");
  const auto verified = verify(*compact);
  if (!verified.ok()) return invalid(verified.error().message);
  const json::object& claims = verified->jws.claims;
  const Proof proof{verified->jws.header, claims,      to_string(http.method), url,
                    access_token,         clock_.now()};
  for (const Check passes : kChecks) {
    if (const auto passed = passes(proof); !passed.ok()) return invalid(passed.error().message);
  }
  // §4.3 (10)
  if (!is_fresh_nonce(find_string(claims, "nonce").value_or(""))) {
    return {DpopOutcome::Kind::kNonceNeeded, {}, "a nonce of this server is needed"};
  }
  // §11.1. Last: what is refused for another reason must not use up an id.
  const std::string id = "dpop/1 " + verified->jkt + ' ' + std::string(*find_string(claims, "jti"));
  const UnixTime forgotten_at = from_unix(*find_int(claims, "iat")) + kAgeMax + kSkew;
  const auto first = replays_.use_once(crypto::sha256(id), forgotten_at);
  if (!first.ok()) return {DpopOutcome::Kind::kUnavailable, {}, first.error().message};
  if (!*first) return invalid("the proof was used before");
  return {DpopOutcome::Kind::kProven, verified->jkt, {}};
}

}  // namespace mcph::oauth
