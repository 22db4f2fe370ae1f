#include "oauth/registration/secrets.h"

#include <string>

#include "base/encoding.h"

namespace mcph::oauth {
Secret make_client_secret(Random& random) {
  return Secret("mcp_cs_" + to_base64url(random.bytes(32)));
}

}  // namespace mcph::oauth
