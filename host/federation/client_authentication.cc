#include "federation/client_authentication.h"

#include <utility>

#include "federation/limits.h"

namespace mcph::federation {
namespace {

constexpr std::size_t kAssertionIdBytes = 16;

// RFC 6749 §2.3.1: both parts form-encoded, then joined and put into base64.
Secret make_basic(const Provider& provider) {
  std::string pair = to_percent(provider.client_id) + ':';
  std::string secret = to_percent(provider.client_secret.reveal());
  pair += secret;
  std::string encoded = to_base64(pair);
  Secret value("Basic " + encoded);
  wipe(secret);
  wipe(pair);
  wipe(encoded);
  return value;
}

// RFC 7523 §3. The issuer is the audience: it names the provider whatever endpoint is asked, so an
// assertion cannot be carried to somebody else.
json::object make_claims(const Provider& provider, const Clock& clock, Random& random) {
  const std::int64_t now = to_unix(clock.now());
  return {{"iss", provider.client_id},
          {"sub", provider.client_id},
          {"aud", provider.issuer},
          {"jti", to_base64url(random.bytes(kAssertionIdBytes))},
          {"iat", now},
          {"exp", now + limits::kAssertionLifetime.count()}};
}

std::string make_assertion(const Provider& provider, const Clock& clock, Random& random) {
  const json::object claims = make_claims(provider, clock, random);
  json::object header{{"typ", "JWT"}};
  if (provider.client_auth == ClientAuth::kSecretJwt) {
    return crypto::sign_jws_hs256(std::move(header), claims, provider.client_secret);
  }
  if (!provider.private_key_id.empty()) header["kid"] = provider.private_key_id;
  return provider.private_key->sign(std::move(header), claims);
}

}  // namespace

void authenticate(const Provider& provider, const Clock& clock, Random& random, FormFields& form,
                  net::HttpRequest& request) {
  switch (provider.client_auth) {
    case ClientAuth::kSecretBasic:
      request.authorization = make_basic(provider);
      return;
    case ClientAuth::kSecretPost:
      form.emplace_back("client_id", provider.client_id);
      form.emplace_back("client_secret", provider.client_secret.reveal());
      return;
    case ClientAuth::kSecretJwt:
    case ClientAuth::kPrivateKeyJwt:
      form.emplace_back("client_id", provider.client_id);
      form.emplace_back("client_assertion_type",
                        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
      form.emplace_back("client_assertion", make_assertion(provider, clock, random));
      return;
  }
}

}  // namespace mcph::federation
