// Access tokens of the issuer (RFC 9068 as PingOne issues them): signature, then claims. A verified
// token is remembered until it expires, as the signature is the expensive part. Thread-safe, may
// block when keys must be fetched.
#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "todo_api/signing_keys.h"

namespace mcph::todo_api {

struct Owner {
  std::string subject;
  std::vector<std::string> scopes;
  UnixTime expires_at{};

  bool has_scope(std::string_view scope) const;
};

class TokenVerifier {
 public:
  // Some 300 bytes each. When full it starts anew: refilling costs a signature check a token.
  static constexpr std::size_t kRememberedMax = 10'000;
  // Not before: clocks of two machines differ. Expiry has no such grace.
  static constexpr Seconds kClockSkew{5};

  TokenVerifier(std::string issuer, std::string audience, SigningKeys& keys, const Clock& clock);

  // kUnauthorized with the reason; kUnavailable when the issuer's keys cannot be had.
  Result<Owner> verify(std::string_view token);

 private:
  Result<Owner> check(std::string_view token);
  Result<Owner> check_claims(const crypto::Jws& jws) const;

  const std::string issuer_;
  const std::string audience_;
  SigningKeys& keys_;
  const Clock& clock_;
  std::mutex mutex_;
  std::unordered_map<std::string, Owner> remembered_;  // by SHA-256 of the token
};

}  // namespace mcph::todo_api
