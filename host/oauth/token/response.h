// New tokens: their texts for the client, their hashes for the store.
#pragma once

#include <string>
#include <vector>

#include "base/ids.h"
#include "oauth/client.h"
#include "oauth/parts.h"
#include "oauth/token_store.h"

namespace mcph::oauth {

struct IssuedTokens {
  NewTokens record;
  std::string answer;  // JSON body (RFC 6749 §5.1)
};

struct TokenScope {
  GrantId grant;
  std::vector<std::string> scopes;
  std::string resource;
  UnixTime grant_expires_at{};
  bool is_refresh = false;  // then there must be a successor
  std::string dpop_jkt;     // the key to bind to; empty: none
};

// The access token never outlives the grant. A code yields a refresh token if the client may use
// one and the grant outlives the access token: when not, signing in again is the only way on.
IssuedTokens make_tokens(const Parts& parts, const Client& client, const TokenScope& scope);

// RFC 8693 §2.2.1: an access token alone, not beyond `scope.grant_expires_at`, which is the end of
// the token it was made from.
IssuedTokens make_exchanged_token(const Parts& parts, const Client& client,
                                  const TokenScope& scope);

}  // namespace mcph::oauth
