// The secrets a registration hands out: 256 random bits behind a prefix that secret scanners know.
#pragma once

#include "base/random.h"
#include "base/secret.h"

namespace mcph::oauth {

Secret make_client_secret(Random& random);
Secret make_registration_access_token(Random& random);  // RFC 7592
Secret make_initial_access_token(Random& random);       // RFC 7591 §1.2

}  // namespace mcph::oauth
