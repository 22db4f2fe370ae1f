// The OpenID Provider we are a client of, as configuration describes it. A value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/encoding.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/url.h"
#include "crypto/jws_signing.h"

namespace mcph::federation {

// How this host proves who it is (OpenID Connect Core §9).
enum class ClientAuth { kSecretBasic, kSecretPost, kSecretJwt, kPrivateKeyJwt };

struct Provider {
  std::string issuer;
  std::string client_id;
  ClientAuth client_auth = ClientAuth::kSecretBasic;
  Secret client_secret;                              // all but kPrivateKeyJwt
  std::optional<crypto::JwsSigningKey> private_key;  // kPrivateKeyJwt
  std::string private_key_id;                        // its `kid`; empty: not sent
  std::vector<std::string> scopes;                   // "openid" among them
  std::string davinci_policy;  // sent as acr_values, and then required as acr; may be empty
  // Or: sign-on policies in the order of preference; the acr must be one of them.
  std::vector<std::string> sign_on_policies;
  bool pushed_requests = false;     // RFC 9126 even if the provider does not require it
  std::string resource;             // RFC 8707; empty: not sent. PingOne's audience follows scopes
  FormFields authorize_parameters;  // sent beside the standard ones, for DaVinci flows
  std::string redirect_uri;         // public_url + "/callback"
  std::string signed_out_uri;       // public_url + "/signout/done"
  // To each of its hosts, from this host; 0: any number.
  std::uint32_t requests_per_second = 0;
};

// https://auth.pingone.<tld>/<environment>/as. Regions: NA, CA, EU, AU, SG, AP, in either case, or
// the domains they stand for (com, ca, eu, com.au, sg, asia). The environment is a UUID.
Result<std::string> make_pingone_issuer(std::string_view environment_id, std::string_view region);

// What must hold before anything is sent there. kInvalid says what does not. A token issuer signs
// in nobody for us; it has a client of ours only if tokens are to be exchanged.
Result<> check_provider(const Provider& provider);
Result<> check_token_issuer(const Provider& provider);

// The scopes as they are sent: joined by spaces (RFC 6749 §3.3).
std::string scope_of(const Provider& provider);

// The policies of which one must have been completed: sent as acr_values, expected as acr.
std::vector<std::string> policies_of(const Provider& provider);

// https; http for this machine alone, as there is nobody in between. No credentials, no fragment.
Result<Url> parse_endpoint(std::string_view text);

}  // namespace mcph::federation
