// The secret a registration hands out: 256 random bits behind a prefix that secret scanners know.
#pragma once

#include "base/random.h"
#include "base/secret.h"

namespace mcph::oauth {

Secret make_client_secret(Random& random);

}  // namespace mcph::oauth
