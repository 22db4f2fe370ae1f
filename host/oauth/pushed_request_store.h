// Authorization requests that clients pushed (RFC 9126), until the browser comes by with their
// request_uri. Implemented by store/. Thread-safe, blocking.
#pragma once

#include <optional>
#include <string>

#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"

namespace mcph::oauth {

struct PushedRequest {
  std::string uri_hash;  // SHA-256 of the request_uri
  ClientId client;
  std::string sealed;  // its parameters, sealed
  UnixTime expires_at{};
};

class PushedRequestStore {
 public:
  virtual ~PushedRequestStore() = default;
  virtual Result<> insert(const PushedRequest& request) = 0;
  // Removes it and returns its `sealed`: a request_uri works once. Expired ones count as absent. A
  // wrong client leaves the row alone, so that nobody can use up what is another client's.
  virtual Result<std::optional<std::string>> take(const std::string& uri_hash,
                                                  const ClientId& client, UnixTime now) = 0;
};

}  // namespace mcph::oauth
