// Where the provider's endpoints are (OpenID Connect Discovery 1.0). Thread-safe; get() may block.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "federation/cached_document.h"
#include "federation/provider.h"
#include "net/http_client.h"

namespace mcph::federation {

struct Metadata {
  std::string authorization_endpoint;
  std::string token_endpoint;
  std::string jwks_uri;
  // Empty: the provider has none.
  std::string pushed_request_endpoint;
  std::string revocation_endpoint;
  std::string end_session_endpoint;
  bool requires_pushed_requests = false;
  // As the document lists them; empty: it does not say.
  std::vector<std::string> scopes;
  std::vector<std::string> client_auth_methods;
};

// kUnavailable when the document is not this issuer's or an endpoint is missing or not safe to use.
Result<Metadata> parse_metadata(const json::value& document, const std::string& issuer);

class Discovery {
 public:
  Discovery(const std::string& issuer, net::HttpClient& http, const Clock& clock, const Log& log);
  Result<std::shared_ptr<const Metadata>> get() { return document_.get(); }

 private:
  CachedDocument<Metadata> document_;
};

}  // namespace mcph::federation
