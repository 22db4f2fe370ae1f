// The issuer's public keys: found by OpenID Connect discovery, kept, and fetched again when they
// are old or when a token names a key that is not among them. Thread-safe, may block.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "crypto/jws.h"
#include "net/http_client.h"

namespace mcph::todo_api {

class SigningKeys {
 public:
  // A rotation is announced long before; keys that cannot be fetched are used on.
  static constexpr Seconds kLifetime{3600};
  // A flood of tokens with invented key names must not become a flood of fetches.
  static constexpr Seconds kFetchCooldown{10};

  SigningKeys(std::string issuer, net::HttpClient& http, const Clock& clock);

  // Keys that may know `kid`. kUnavailable when there are none to be had.
  Result<std::shared_ptr<const crypto::JwkSet>> get(const std::string& kid);

 private:
  Result<std::shared_ptr<const crypto::JwkSet>> fetch();

  const std::string issuer_;
  net::HttpClient& http_;
  const Clock& clock_;
  std::mutex mutex_;  // held while fetching: one at a time, the others wait for its keys
  std::shared_ptr<const crypto::JwkSet> keys_;
  SteadyTime fetched_at_{};
  SteadyTime tried_at_{};
  bool tried_ = false;
};

}  // namespace mcph::todo_api
