#include "federation/finish_signin.h"

#include <utility>
#include <variant>

#include "federation/id_token.h"
#include "federation/limits.h"

namespace mcph::federation {
namespace {

Error refused(std::string why) {
  return Error{Code::kUnauthorized, "the sign-in was not accepted; please start again",
               std::move(why)};
}

Result<> check_callback(const Provider& provider, const oauth::UpstreamCallback& callback) {
  // RFC 9207 §2.4: PingOne does not send it today; once it is there it must be right.
  if (callback.issuer && *callback.issuer != provider.issuer) return refused("callback: iss");
  if (callback.code.empty() || callback.code.size() > limits::kCodeBytesMax) {
    return refused("callback: code");
  }
  return Ok{};
}

Error to_error(const TokenFailure& failure) {
  if (failure.kind == TokenFailure::Kind::kInvalidGrant) return refused(failure.detail);
  return Error{Code::kUnavailable, "the identity provider cannot be used now",
               std::string("token: ") + to_string(failure.kind) + ' ' + failure.detail};
}

Result<TokenResponse> exchange_code(TokenEndpoint& endpoint, const std::string& code,
                                    const Secret& code_verifier) {
  TokenOutcome outcome = endpoint.redeem_code(code, code_verifier);
  if (const auto* failure = std::get_if<TokenFailure>(&outcome)) return to_error(*failure);
  auto& tokens = std::get<TokenResponse>(outcome);
  if (tokens.id_token.empty()) return refused("the token response has no id_token");
  return std::move(tokens);
}

// What belongs to this one exchange and says nothing about the user.
std::string make_claims_json(json::object claims) {
  for (const char* name : {"at_hash", "c_hash", "nonce"}) claims.erase(name);
  return to_json(claims);
}

}  // namespace

Result<oauth::UpstreamUser> finish_signin(const SignInParts& parts,
                                          const oauth::UpstreamCallback& callback,
                                          const Secret& nonce, const Secret& code_verifier,
                                          const GrantId& grant) {
  TRY(check_callback(parts.provider, callback));
  TokenResponse tokens = TRY(exchange_code(parts.endpoint, callback.code, code_verifier));
  const UnixTime now = parts.clock.now();
  IdToken verified =
      TRY(verify_id_token(tokens.id_token, parts.keys,
                          {parts.provider.issuer, parts.provider.client_id,
                           policies_of(parts.provider), nonce, tokens.access_token, now}));
  Credential credential;
  credential.access_token = std::move(tokens.access_token);
  credential.refresh_token = std::move(tokens.refresh_token);
  credential.scope = tokens.scope.value_or(scope_of(parts.provider));
  std::string claims_json = make_claims_json(std::move(verified.claims));
  credential.claims_json = claims_json;
  credential.expires_at = now + tokens.lifetime;
  credential.lifetime = tokens.lifetime;
  if (credential.refresh_token.empty()) {
    parts.log.warn("upstream.no_refresh_token", {{"grant", grant.str()}});
  }
  oauth::UpstreamUser user;
  user.issuer = parts.provider.issuer;
  user.subject = std::move(verified.subject);
  user.label = std::move(verified.label);
  user.acr = std::move(verified.acr);
  user.claims_json = std::move(claims_json);
  user.id_token = std::move(tokens.id_token);
  user.credential = parts.sealer.seal(grant, credential);
  return user;
}

}  // namespace mcph::federation
