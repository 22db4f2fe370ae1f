#include "oauth/token/response.h"

#include <algorithm>

#include "base/json.h"
#include "oauth/scope.h"

namespace mcph::oauth {

IssuedTokens make_tokens(const Parts& parts, const Client& client, const TokenScope& scope) {
  const UnixTime now = parts.clock.now();
  const UnixTime access_end =
      std::min(now + parts.settings.access_token_lifetime, scope.grant_expires_at);
  const Secret access = parts.token_format.make(TokenKind::kAccess, access_end);
  json::object answer;
  answer["access_token"] = access.reveal();
  answer["token_type"] = "Bearer";
  answer["expires_in"] = (access_end - now).count();
  answer["scope"] = join_scopes(scope.scopes);

  IssuedTokens issued;
  issued.record.grant = scope.grant;
  issued.record.client = client.id;
  issued.record.access_hash = hash_token(access.reveal());
  issued.record.access_scopes = scope.scopes;
  issued.record.resource = scope.resource;
  issued.record.access_expires_at = access_end;
  const auto& grants = client.grant_types;
  const bool may_refresh = std::find(grants.begin(), grants.end(), "refresh_token") != grants.end();
  if (may_refresh && (scope.is_refresh || scope.grant_expires_at > access_end)) {
    const Secret refresh = parts.token_format.make(TokenKind::kRefresh, scope.grant_expires_at);
    issued.record.refresh_hash = hash_token(refresh.reveal());
    issued.record.refresh_expires_at = scope.grant_expires_at;
    answer["refresh_token"] = refresh.reveal();
  }
  issued.answer = to_json(answer);
  return issued;
}

}  // namespace mcph::oauth
