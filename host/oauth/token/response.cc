#include "oauth/token/response.h"

#include <algorithm>

#include "base/json.h"
#include "oauth/scope.h"

namespace mcph::oauth {

namespace {

struct Issue {
  IssuedTokens issued;
  json::object answer;
};

Issue make_access_token(const Parts& parts, const Client& client, const TokenScope& scope) {
  const UnixTime now = parts.clock.now();
  const UnixTime access_end =
      std::min(now + parts.settings.access_token_lifetime, scope.grant_expires_at);
  const Secret access = parts.token_format.make(TokenKind::kAccess, access_end);
  Issue out;
  out.answer["access_token"] = access.reveal();
  out.answer["token_type"] = scope.dpop_jkt.empty() ? "Bearer" : "DPoP";
  out.answer["expires_in"] = (access_end - now).count();
  out.answer["scope"] = join_scopes(scope.scopes);
  out.issued.record.grant = scope.grant;
  out.issued.record.client = client.id;
  out.issued.record.access_hash = hash_token(access.reveal());
  out.issued.record.access_jkt = scope.dpop_jkt;
  out.issued.record.access_scopes = scope.scopes;
  out.issued.record.resource = scope.resource;
  out.issued.record.access_expires_at = access_end;
  return out;
}

}  // namespace

IssuedTokens make_tokens(const Parts& parts, const Client& client, const TokenScope& scope) {
  Issue out = make_access_token(parts, client, scope);
  NewTokens& record = out.issued.record;
  const auto& grants = client.grant_types;
  const bool may_refresh = std::find(grants.begin(), grants.end(), "refresh_token") != grants.end();
  if (may_refresh && (scope.is_refresh || scope.grant_expires_at > record.access_expires_at)) {
    const Secret refresh = parts.token_format.make(TokenKind::kRefresh, scope.grant_expires_at);
    record.refresh_hash = hash_token(refresh.reveal());
    record.refresh_expires_at = scope.grant_expires_at;
    // RFC 9449 §5: a confidential client proves itself at each refresh anyway, and may change keys.
    if (client.auth_method == AuthMethod::kNone) record.refresh_jkt = scope.dpop_jkt;
    out.answer["refresh_token"] = refresh.reveal();
  }
  out.issued.answer = to_json(out.answer);
  return std::move(out.issued);
}

IssuedTokens make_exchanged_token(const Parts& parts, const Client& client,
                                  const TokenScope& scope) {
  Issue out = make_access_token(parts, client, scope);
  out.answer["issued_token_type"] = "urn:ietf:params:oauth:token-type:access_token";
  out.issued.answer = to_json(out.answer);
  return std::move(out.issued);
}

}  // namespace mcph::oauth
