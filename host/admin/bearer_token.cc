#include "admin/bearer_token.h"

#include "base/encoding.h"
#include "crypto/hash.h"

namespace mcph::admin {

Result<Secret> issue_token(AdminCredentialStore& store, const std::string& name,
                           std::optional<Seconds> lifetime, const Clock& clock, Random& random) {
  Secret token(std::string(kTokenPrefix) + to_base64url(random.bytes(32)));
  AdminCredential credential;
  credential.name = name;
  credential.token_hash = crypto::sha256(token.reveal());
  credential.created_at = clock.now();
  if (lifetime) credential.expires_at = credential.created_at + *lifetime;
  TRY(store.insert(credential));
  return token;
}

Result<AdminCredential> authenticate(AdminCredentialStore& store, std::string_view token,
                                     UnixTime now) {
  auto found = TRY(store.find(crypto::sha256(token), now));
  if (!found) return Error{Code::kUnauthorized, "the bearer token is not valid", {}};
  return *std::move(found);
}

}  // namespace mcph::admin
