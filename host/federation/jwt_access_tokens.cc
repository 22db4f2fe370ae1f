#include "federation/jwt_access_tokens.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "federation/derived_id.h"
#include "federation/limits.h"
#include "federation/verified_jws.h"

namespace mcph::federation {
namespace {

// The person is who the issuer says; the grant is this one token, whose scopes may be fewer than
// those of the client's next.
PresentedCallerPtr make_caller(std::string_view compact, const json::object& claims) {
  auto caller = std::make_shared<PresentedCaller>();
  caller->issuer = std::string(*find_string(claims, "iss"));
  caller->subject = std::string(*find_string(claims, "sub"));
  caller->client = ClientId(client_of(claims));
  caller->principal =
      PrincipalId(make_derived_id("principal", caller->issuer + '\n' + caller->subject));
  caller->grant = GrantId(make_derived_id("grant", compact));
  caller->scopes = scopes_of(claims);
  caller->expires_at = expiry_of(claims) + limits::kClockSkew;
  caller->audiences = audiences_of(claims);
  auto token = std::make_shared<plugins::UpstreamToken>();
  token->access_token = Secret(compact);
  token->claims_json = to_json(claims);
  token->expires_at = expiry_of(claims);
  token->version = 1;
  caller->token = std::move(token);
  return caller;
}

}  // namespace

JwtAccessTokens::JwtAccessTokens(AccessTokenRules rules, JwksCache& keys, PresentedCallers& callers,
                                 const Clock& clock, const Log& log)
    : rules_(std::move(rules)), keys_(keys), callers_(callers), clock_(clock), log_(log) {}

bool JwtAccessTokens::may_be_live(std::string_view token) const {
  if (token.size() > limits::kTokenBytesMax) return false;
  const auto header = crypto::read_unverified_header(token);
  if (!header.ok()) return false;
  const auto algorithm = find_string(*header, "alg");
  const auto& allowed = rules_.algorithms;
  if (!algorithm || std::find(allowed.begin(), allowed.end(), *algorithm) == allowed.end()) {
    return false;
  }
  const auto claims = crypto::read_unverified_claims(token);
  if (!claims.ok() || find_string(*claims, "iss") != rules_.issuer) return false;
  const auto expires = find_int(*claims, "exp");
  return expires && *expires > to_unix(clock_.now() - limits::kClockSkew);
}

Result<crypto::Jws> JwtAccessTokens::verify(std::string_view token) const {
  auto verified = verify_jws(token, keys_, rules_.algorithms);
  if (!verified.ok()) {
    if (verified.error().code == Code::kUnavailable) return verified;
    return Error{Code::kUnauthorized, "the access token is not valid", verified.error().message};
  }
  TRY(check_access_token(*verified, rules_, clock_.now()));
  return verified;
}

Result<oauth::ValidToken> JwtAccessTokens::validate(std::string_view token) {
  const auto verified = verify(token);
  if (!verified.ok()) {
    // What an operator needs to know who set up a client or the resource at the provider.
    if (verified.error().code == Code::kUnauthorized) {
      log_.info("access_token.refused", {{"why", verified.error().detail}});
    }
    return verified.error();
  }
  oauth::ValidToken valid{callers_.keep(make_caller(token, verified->claims)), nullptr};
  if (std::string jkt = key_thumbprint_of(verified->claims); !jkt.empty()) {
    valid.dpop_jkt = std::make_shared<const std::string>(std::move(jkt));
  }
  return valid;
}

}  // namespace mcph::federation
