#include "federation/begin_signin.h"

#include "base/encoding.h"
#include "crypto/hash.h"

namespace mcph::federation {
namespace {

constexpr std::size_t kSecretBytes = 32;  // 256 bits; as a verifier 43 characters (RFC 7636 §4.1)

}  // namespace

oauth::UpstreamRedirect begin_signin(const Provider& provider, const Metadata& metadata,
                                     const std::string& state, Random& random) {
  oauth::UpstreamRedirect redirect;
  redirect.nonce = Secret(to_base64url(random.bytes(kSecretBytes)));
  redirect.code_verifier = Secret(to_base64url(random.bytes(kSecretBytes)));
  FormFields query{
      {"response_type", "code"},
      {"client_id", provider.client_id},
      {"redirect_uri", provider.redirect_uri},
      {"scope", scope_of(provider)},
      {"state", state},
      {"nonce", std::string(redirect.nonce.reveal())},
      {"code_challenge", to_base64url(crypto::sha256(redirect.code_verifier.reveal()))},
      {"code_challenge_method", "S256"},
  };
  if (!provider.davinci_policy.empty()) query.emplace_back("acr_values", provider.davinci_policy);
  if (!provider.resource.empty()) query.emplace_back("resource", provider.resource);
  const bool has_query = metadata.authorization_endpoint.find('?') != std::string::npos;
  redirect.url = metadata.authorization_endpoint + (has_query ? '&' : '?') + to_form(query);
  return redirect;
}

}  // namespace mcph::federation
