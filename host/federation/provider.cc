#include "federation/provider.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/http_message.h"

namespace mcph::federation {
namespace {

struct Region {
  std::string_view name, domain;
};

constexpr std::array<Region, 6> kRegions{
    {{"NA", "com"}, {"CA", "ca"}, {"EU", "eu"}, {"AU", "com.au"}, {"SG", "sg"}, {"AP", "asia"}}};

Error invalid(std::string message) {
  return Error{Code::kInvalid, std::move(message), {}};
}

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    constexpr std::string_view kHex = "0123456789abcdefABCDEF";
    if (dash ? text[i] != '-' : kHex.find(text[i]) == std::string_view::npos) return false;
  }
  return true;
}

// RFC 6749 §3.3 and appendix A.1: visible ASCII, which goes anywhere without surprises.
bool is_visible(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

}  // namespace

Result<std::string> make_pingone_issuer(std::string_view environment_id, std::string_view region) {
  if (!is_uuid(environment_id)) return invalid("the PingOne environment id is not a UUID");
  for (const Region& known : kRegions) {
    if (!iequals(region, known.name) && region != known.domain) continue;
    return std::string("https://auth.pingone.")
        .append(known.domain)
        .append("/")
        .append(environment_id)
        .append("/as");
  }
  return invalid("the PingOne region is none of NA, CA, EU, AU, SG, AP");
}

std::string scope_of(const Provider& provider) {
  std::string out;
  for (const std::string& scope : provider.scopes) out.append(out.empty() ? "" : " ").append(scope);
  return out;
}

std::vector<std::string> policies_of(const Provider& provider) {
  if (provider.davinci_policy.empty()) return provider.sign_on_policies;
  return {provider.davinci_policy};
}

Result<Url> parse_endpoint(std::string_view text) {
  auto url = parse_url(text);
  if (!url.ok() || url->host.empty()) return invalid("not an absolute URL");
  if (url->scheme != "https" && !(url->scheme == "http" && url->is_loopback())) {
    return invalid("must be https (http is for this machine alone)");
  }
  if (url->has_userinfo || url->has_fragment) return invalid("has credentials or a fragment");
  return url;
}

namespace {

Result<> check_client_auth(const Provider& provider) {
  if (provider.client_auth == ClientAuth::kPrivateKeyJwt) {
    if (!provider.private_key) return invalid("the private key is missing");
    if (!provider.private_key_id.empty() && !is_visible(provider.private_key_id)) {
      return invalid("the private key id is malformed");
    }
    return Ok{};
  }
  if (!is_visible(provider.client_secret.reveal())) {
    return invalid("the client secret is missing or malformed");
  }
  return Ok{};
}

Result<> check_issuer(const Provider& provider) {
  const auto issuer = parse_endpoint(provider.issuer);
  if (!issuer.ok()) return invalid("the issuer: " + issuer.error().message);
  if (issuer->has_query) return invalid("the issuer: has a query");  // OpenID Discovery §3
  if (provider.issuer.ends_with('/')) return invalid("the issuer: ends in a slash");
  return Ok{};
}

Result<> check_client(const Provider& provider) {
  if (!is_visible(provider.client_id)) return invalid("the client id is missing or malformed");
  return check_client_auth(provider);
}

Result<> check_policies(const Provider& provider) {
  const auto& policies = provider.sign_on_policies;
  if (!std::all_of(policies.begin(), policies.end(), is_visible)) {
    return invalid("a sign-on policy is malformed");
  }
  // PingOne takes one DaVinci policy or several sign-on policies, never both.
  if (!policies.empty() && !provider.davinci_policy.empty()) {
    return invalid("a DaVinci policy and sign-on policies exclude each other");
  }
  return Ok{};
}

}  // namespace

Result<> check_token_issuer(const Provider& provider) {
  TRY(check_issuer(provider));
  return provider.client_id.empty() ? Ok{} : check_client(provider);
}

Result<> check_provider(const Provider& provider) {
  TRY(check_issuer(provider));
  TRY(check_client(provider));
  const auto& scopes = provider.scopes;
  if (!std::all_of(scopes.begin(), scopes.end(), is_visible))
    return invalid("a scope is malformed");
  if (std::find(scopes.begin(), scopes.end(), "openid") == scopes.end()) {
    return invalid("the scope openid is missing");
  }
  if (!provider.davinci_policy.empty() && !is_visible(provider.davinci_policy)) {
    return invalid("the DaVinci policy id is malformed");
  }
  TRY(check_policies(provider));
  const auto redirect = parse_endpoint(provider.redirect_uri);
  if (!redirect.ok()) return invalid("the redirect URI: " + redirect.error().message);
  return Ok{};
}

}  // namespace mcph::federation
