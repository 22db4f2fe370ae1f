// Proof of possession (RFC 9449): with each request the client shows, by a signature, that it holds
// the key its tokens are bound to. A stolen token is then of no use without that key.
//
// Every proof is good once, on all hosts together, and names a nonce of ours: a client that made
// proofs in advance, or lost some, cannot use them later. Thread-safe; check() blocks on the store.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/http_message.h"
#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "crypto/sealer.h"
#include "oauth/replay_store.h"

namespace mcph::oauth {

// The algorithms metadata promises.
const std::vector<std::string>& dpop_algorithms();
// Whether it is the SHA-256 thumbprint of a key (RFC 9449 §10: dpop_jkt).
bool is_key_thumbprint(std::string_view text);

struct DpopOutcome {
  enum class Kind {
    kProven,
    kAbsent,       // the request has no proof
    kInvalid,      // `why`
    kNonceNeeded,  // good but for the nonce: the client tries again with a fresh one
    kUnavailable,  // nobody can tell now
  };
  Kind kind = Kind::kAbsent;
  std::string jkt;  // kProven: thumbprint of the key
  std::string why;
};

class DpopVerifier {
 public:
  DpopVerifier(const crypto::KeySource& keys, Random& random, ReplayStore& replays,
               const Clock& clock);

  // Of a request to `url`, as we published it. `access_token` is the one the request carries; empty
  // at the token endpoint.
  DpopOutcome check(const Request& http, std::string_view url, std::string_view access_token) const;
  // For DPoP-Nonce. Any host of the installation accepts it, for some minutes.
  std::string make_nonce() const;

 private:
  bool is_fresh_nonce(std::string_view nonce) const;

  const crypto::Sealer nonces_;
  ReplayStore& replays_;
  const Clock& clock_;
};

}  // namespace mcph::oauth
