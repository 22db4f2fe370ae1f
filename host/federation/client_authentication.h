// How this host proves to the provider who it is, on each request to one of its endpoints: a secret
// in the header or in the form (RFC 6749 §2.3.1), or an assertion (RFC 7523 §2.2) signed with the
// secret or with a private key. Pure but for time and randomness.
#pragma once

#include "base/encoding.h"
#include "base/random.h"
#include "base/time.h"
#include "federation/provider.h"
#include "net/http_client.h"

namespace mcph::federation {

// Adds what proves it to the form or to the request.
void authenticate(const Provider& provider, const Clock& clock, Random& random, FormFields& form,
                  net::HttpRequest& request);

}  // namespace mcph::federation
