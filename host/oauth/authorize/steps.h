// The checks of an authorization request, in their order. The order is the security property: until
// client and redirect URI are known to belong together, nothing may be sent to that address.
#pragma once

#include <string_view>

#include "oauth/authorize/request.h"
#include "oauth/client.h"
#include "oauth/errors.h"
#include "oauth/parameters.h"
#include "oauth/parts.h"

namespace mcph::oauth {

// What the steps read and fill.
struct Authorize {
  const Parts& parts;
  std::string_view query;
  Parameters parameters;
  Client client;
  AuthorizeRequest request;
  std::string_view peer = {};  // whose request it is
  bool is_pushed = false;      // the parameters did not come through the browser (RFC 9126)
};

// Runs the table; the first refusal ends it.
Verdict check_authorize_request(Authorize& authorize);
// Only the part behind load_pushed_request, for a request that is being pushed.
Verdict check_authorize_parameters(Authorize& authorize);

namespace authorize_steps {

Verdict parse_parameters(Authorize& authorize);
Verdict load_client(Authorize& authorize);
Verdict load_pushed_request(Authorize& authorize);
Verdict check_redirect_uri(Authorize& authorize);
// From here on the client may be told by redirect.
Verdict check_repeated(Authorize& authorize);
Verdict check_pushed(Authorize& authorize);
Verdict check_request_object(Authorize& authorize);
Verdict check_response_type(Authorize& authorize);
Verdict check_pkce(Authorize& authorize);
Verdict check_dpop_key(Authorize& authorize);
Verdict check_resource(Authorize& authorize);
Verdict check_scope(Authorize& authorize);

}  // namespace authorize_steps
}  // namespace mcph::oauth
