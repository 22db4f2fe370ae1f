#include "oauth/registration/secrets.h"

#include <string>

#include "base/encoding.h"

namespace mcph::oauth {
namespace {

Secret make(Random& random, const char* prefix) {
  return Secret(prefix + to_base64url(random.bytes(32)));
}

}  // namespace

Secret make_client_secret(Random& random) {
  return make(random, "mcp_cs_");
}
Secret make_registration_access_token(Random& random) {
  return make(random, "mcp_cr_");
}
Secret make_initial_access_token(Random& random) {
  return make(random, "mcp_ci_");
}

}  // namespace mcph::oauth
