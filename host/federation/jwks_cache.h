// The provider's signing keys. Thread-safe; may block on the network.
#pragma once

#include <memory>

#include "base/result.h"
#include "crypto/jws.h"
#include "federation/cached_document.h"
#include "federation/discovery.h"
#include "net/http_client.h"

namespace mcph::federation {

class JwksCache {
 public:
  using Keys = std::shared_ptr<const crypto::JwkSet>;

  JwksCache(Discovery& discovery, net::HttpClient& http, const Clock& clock, const Log& log);

  Result<Keys> get() { return document_.get(); }
  // A token was signed with a key that is not in `seen`: fetches again, at most once in a while.
  Result<Keys> get_newer(const Keys& seen) { return document_.get_newer(seen); }

 private:
  CachedDocument<crypto::JwkSet> document_;
};

}  // namespace mcph::federation
