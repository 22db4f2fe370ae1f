// Codes and tokens, by their hashes. Implemented by store/. Thread-safe, blocking. Each function is
// one transaction; races are decided by the database, never by reading first.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/caller.h"
#include "base/result.h"
#include "oauth/grant_store.h"

namespace mcph::oauth {

struct NewTokens {
  GrantId grant;
  ClientId client;
  std::string access_hash;
  std::vector<std::string> access_scopes;
  std::string resource;
  UnixTime access_expires_at{};
  std::string refresh_hash;  // empty: no refresh token
  UnixTime refresh_expires_at{};
  std::string access_jkt;  // thumbprint of the key it is bound to (RFC 9449); empty: none
  std::string refresh_jkt;
  std::string sealed_response;  // the refresh response, replayed within the grace time
};

struct AccessToken {
  Caller caller;
  std::string resource;
  std::string dpop_jkt;  // the key it is bound to; empty: none
};

struct RefreshToken {
  GrantId grant;
  ClientId client;
  std::vector<std::string> scopes;  // of the grant
  std::string resource;
  UnixTime expires_at{};
  UnixTime grant_expires_at{};
  bool grant_revoked = false;
  std::string dpop_jkt;  // the key it is bound to; empty: none
  bool rotated = false;  // it has a successor; only the grace time may still answer it
};

enum class Redemption { kRedeemed, kAlreadyUsed };

struct Rotation {
  enum class Kind { kRotated, kReplayed, kReused } kind = Kind::kRotated;
  std::string sealed_response;  // kReplayed: answer this again
};

class TokenStore {
 public:
  virtual ~TokenStore() = default;

  virtual Result<std::optional<AuthorizationCode>> find_code(const std::string& code_hash) = 0;
  // Uses the code up and stores the tokens, all or nothing. kAlreadyUsed: stored nothing.
  virtual Result<Redemption> redeem_code(const std::string& code_hash, const NewTokens& tokens) = 0;

  virtual Result<std::optional<RefreshToken>> find_refresh_token(const std::string& hash) = 0;
  // Replaces a refresh token by its successor. Used again within `grace` and while the successor is
  // unused: kReplayed with the response of the first use. Used again otherwise: kReused.
  virtual Result<Rotation> rotate_refresh_token(const std::string& old_hash,
                                                const NewTokens& successor, UnixTime now,
                                                Seconds grace) = 0;

  // Only live ones: unexpired at `now`, not revoked, grant live, client enabled.
  virtual Result<std::optional<AccessToken>> find_access_token(const std::string& hash,
                                                               UnixTime now) = 0;
  // Stores an access token made from another one, in the same grant, if that one is live: `tokens`
  // has no refresh token. kNotFound when it is not.
  virtual Result<> add_access_token(const std::string& subject_hash, const NewTokens& tokens,
                                    UnixTime now) = 0;
  // Revokes one access token. kNotFound when it is not this client's.
  virtual Result<> revoke_access_token(const std::string& hash, const ClientId& client) = 0;
};

}  // namespace mcph::oauth
