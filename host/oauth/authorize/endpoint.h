// The authorization endpoint (RFC 6749 §3.1): a valid request is answered with the consent page, an
// invalid one by redirect or, if that is not safe, with a page. Writes nothing, as a GET may be
// repeated, prefetched or flooded; only a request_uri is used up. Where the identity provider asks
// for consent, or the browser remembers it, it is answered with the way there instead.
#pragma once

#include "base/http_message.h"
#include "oauth/parts.h"

namespace mcph::oauth {

Response authorize(const Parts& parts, const Request& request);

}  // namespace mcph::oauth
