#include "federation/begin_signin.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "crypto/hash.h"
#include "federation/limits.h"

namespace mcph::federation {
namespace {

constexpr std::size_t kSecretBytes = 32;  // 256 bits; as a verifier 43 characters (RFC 7636 §4.1)

// The registry of OAuth parameters as far as an authorization request may carry them, and what
// PingOne adds. `mobilePayload` and the hints say who signs in: not for a third party to choose.
constexpr std::array<std::string_view, 35> kStandard{"acr_values",
                                                     "audience",
                                                     "authorization_details",
                                                     "claims",
                                                     "claims_locales",
                                                     "client_id",
                                                     "client_secret",
                                                     "client_assertion",
                                                     "client_assertion_type",
                                                     "code_challenge",
                                                     "code_challenge_method",
                                                     "display",
                                                     "dpop_jkt",
                                                     "grant_type",
                                                     "id_token_hint",
                                                     "login_hint",
                                                     "login_hint_token",
                                                     "max_age",
                                                     "mobilePayload",
                                                     "nonce",
                                                     "prompt",
                                                     "redirect_uri",
                                                     "registration",
                                                     "request",
                                                     "request_uri",
                                                     "resource",
                                                     "response_mode",
                                                     "response_type",
                                                     "scope",
                                                     "state",
                                                     "ui_locales",
                                                     "code",
                                                     "error",
                                                     "iss",
                                                     "code_verifier"};

std::string join(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out.append(out.empty() ? "" : " ").append(word);
  return out;
}

void add_extra(const FormFields& extra, FormFields& parameters) {
  for (const auto& [name, value] : extra) {
    const bool taken =
        std::any_of(parameters.begin(), parameters.end(),
                    [&name = name](const auto& earlier) { return earlier.first == name; });
    if (taken || !is_extra_parameter(name)) continue;
    parameters.emplace_back(name, value.substr(0, limits::kExtraParameterBytesMax));
  }
}

std::string with_query(const std::string& endpoint, const FormFields& parameters) {
  const bool has_query = endpoint.find('?') != std::string::npos;
  return endpoint + (has_query ? '&' : '?') + to_form(parameters);
}

}  // namespace

bool is_extra_parameter(std::string_view name) {
  const bool plain = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
  });
  return plain && std::find(kStandard.begin(), kStandard.end(), name) == kStandard.end();
}

SignInRequest make_signin_request(const Provider& provider, const std::string& state,
                                  const FormFields& extra, Random& random) {
  SignInRequest request;
  request.nonce = Secret(to_base64url(random.bytes(kSecretBytes)));
  request.code_verifier = Secret(to_base64url(random.bytes(kSecretBytes)));
  request.parameters = {
      {"response_type", "code"},
      {"client_id", provider.client_id},
      {"redirect_uri", provider.redirect_uri},
      {"scope", scope_of(provider)},
      {"state", state},
      {"nonce", std::string(request.nonce.reveal())},
      {"code_challenge", to_base64url(crypto::sha256(request.code_verifier.reveal()))},
      {"code_challenge_method", "S256"},
  };
  const std::string policies = join(policies_of(provider));
  if (!policies.empty()) request.parameters.emplace_back("acr_values", policies);
  if (!provider.resource.empty()) request.parameters.emplace_back("resource", provider.resource);
  add_extra(extra, request.parameters);
  add_extra(provider.authorize_parameters, request.parameters);
  return request;
}

std::string make_signin_url(const Metadata& metadata, const FormFields& parameters) {
  return with_query(metadata.authorization_endpoint, parameters);
}

std::string make_signout_url(const Metadata& metadata, const Provider& provider,
                             const Secret& id_token, const std::string& state) {
  FormFields parameters{{"client_id", provider.client_id}};
  if (!id_token.empty()) parameters.emplace_back("id_token_hint", id_token.reveal());
  parameters.emplace_back("post_logout_redirect_uri", provider.signed_out_uri);
  if (!state.empty()) parameters.emplace_back("state", state);
  return with_query(metadata.end_session_endpoint, parameters);
}

}  // namespace mcph::federation
