// What a protected resource says to a caller it does not let in: values of WWW-Authenticate
// (RFC 6750 §3, RFC 9728 §5.1). One Bearer challenge, every value quoted, no parameter twice: that
// is what deployed clients can read. Immutable, thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "oauth/settings.h"

namespace mcph::oauth {

class Challenge {
 public:
  explicit Challenge(const Settings& settings);

  // 401, nobody tried to authenticate: RFC 6750 §3.1 wants no error code then.
  std::string token_required() const;
  // 401, the token is unknown, expired, revoked or meant for somebody else.
  std::string invalid_token(std::string_view description) const;
  // 401, where the token came, or should come, with a proof (RFC 9449 §7.1). `error` is
  // invalid_token, invalid_dpop_proof or use_dpop_nonce.
  std::string dpop(std::string_view error, std::string_view description) const;
  // 403: `scopes` is all that this operation needs.
  std::string insufficient_scope(const std::vector<std::string>& scopes) const;
  // 400: the Authorization header cannot be read.
  std::string malformed(std::string_view description) const;

 private:
  std::string metadata_url_;
  std::string scope_;  // what a client should ask for
};

}  // namespace mcph::oauth
