// The user's own token at the upstream API, as plugin calls need it. Implemented by federation/.
// Thread-safe.
#pragma once

#include <memory>
#include <string>

#include "base/ids.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/time.h"

namespace mcph::plugins {

struct UpstreamToken {
  Secret access_token;
  std::string claims_json;  // JSON object: the verified claims of the ID token
  UnixTime expires_at{};    // of the access token
  std::int64_t version = 0;
};

using UpstreamTokenPtr = std::shared_ptr<const UpstreamToken>;

// An API that takes other tokens than those of the sign-in. PingOne calls it a resource.
struct UpstreamApi {
  std::string audience;  // empty: the API of the sign-in
  std::string scope;     // what to ask for there, space-separated
  // The API takes the very tokens that clients bring to this host, as they name it too.
  bool as_presented = false;
};

class UpstreamTokenSource {
 public:
  virtual ~UpstreamTokenSource() = default;
  // The same users' tokens at that API. Lives as long as this; not for the time of a call.
  virtual UpstreamTokenSource& for_api(const UpstreamApi& api) = 0;
  // Without any I/O: null when the database or PingOne would have to be asked first.
  virtual UpstreamTokenPtr find_cached(const GrantId& grant) = 0;
  // A token good for at least the refresh margin; while it cannot be refreshed, the one at hand for
  // as long as it lives. May block. kUnauthorized: the grant is dead and the user must sign in
  // again. kForbidden: this host has tokens of nobody. kUnavailable: PingOne or the database cannot
  // be reached now.
  virtual Result<UpstreamTokenPtr> get(const GrantId& grant) = 0;
  // The API answered 401 to the token of `version`: a newer one, refreshed if nobody did yet.
  virtual Result<UpstreamTokenPtr> get_newer(const GrantId& grant, std::int64_t version) = 0;
};

}  // namespace mcph::plugins
