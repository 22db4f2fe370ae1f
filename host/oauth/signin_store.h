// Sign-ins under way: from the user's approval on our page until PingOne sends the browser back.
// Implemented by store/. Thread-safe, blocking. Nothing is stored before the approval.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "base/time.h"

namespace mcph::oauth {

struct SignIn {
  std::string state_hash;    // SHA-256 of the `state` sent upstream
  std::string browser_hash;  // SHA-256 of the cookie of the browser that approved
  std::string sealed;        // the client's request, nonce and upstream code verifier, sealed
  UnixTime expires_at{};
};

class SignInStore {
 public:
  virtual ~SignInStore() = default;
  // Replaces one of the same state and browser: the person approved twice, and the browser follows
  // the later answer.
  virtual Result<> insert(const SignIn& signin) = 0;
  // Removes and returns it: a state works once. Expired ones count as absent. A wrong browser
  // leaves the row alone, so that a stolen link cannot end somebody's sign-in.
  virtual Result<std::optional<SignIn>> take(const std::string& state_hash,
                                             const std::string& browser_hash, UnixTime now) = 0;
};

}  // namespace mcph::oauth
