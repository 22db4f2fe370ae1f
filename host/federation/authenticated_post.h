// A form to one of the provider's endpoints, from us: the one way in which this host speaks to
// PingOne behind the browser's back. Thread-safe, blocking.
#pragma once

#include <cstdint>
#include <string>

#include "base/encoding.h"
#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "federation/provider.h"
#include "net/http_client.h"

namespace mcph::federation {

class AuthenticatedPost {
 public:
  AuthenticatedPost(const Provider& provider, net::HttpClient& http, const Clock& clock,
                    Random& random)
      : provider_(provider), http_(http), clock_(clock), random_(random) {}

  // The form is wiped. `tag` names the endpoint in the log.
  Result<net::HttpResponse> send(const std::string& endpoint, FormFields form,
                                 std::int64_t timeout_ms, std::string tag);

 private:
  const Provider& provider_;
  net::HttpClient& http_;
  const Clock& clock_;
  Random& random_;
};

}  // namespace mcph::federation
