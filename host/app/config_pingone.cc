#include "app/config_pingone.h"

#include <algorithm>

#include "app/trustworthy_url.h"
#include "base/url.h"
#include "federation/begin_signin.h"
#include "federation/provider.h"

namespace mcph::app {
namespace {

std::string read_issuer(ConfigReader& reader) {
  constexpr std::string_view kName = "pingone.issuer";
  const std::string issuer = reader.text(kName);
  const std::string environment_id = reader.text("pingone.environment_id");
  const std::string region = reader.text("pingone.region");
  if (issuer.empty() && environment_id.empty()) {
    reader.complain("pingone.environment_id", "is missing (or give pingone.issuer)");
    return {};
  }
  if (issuer.empty()) {
    auto made = federation::make_pingone_issuer(environment_id, region);
    if (made.ok()) return std::move(*made);
    reader.complain("pingone.environment_id", "and region: " + made.error().message);
    return {};
  }
  if (!environment_id.empty()) {
    reader.complain(kName, "and environment_id are both given; one of them is enough");
  }
  const auto url = parse_url(issuer);
  if (!url.ok() || url->host.empty() || url->has_query || url->has_fragment || url->has_userinfo) {
    reader.complain(kName, "must be a URL without query and fragment");
  } else if (!is_trustworthy(*url)) {
    reader.complain(kName, "must begin with https:// unless it is a loopback address");
  }
  return issuer;
}

void read_client_auth(ConfigReader& reader, PingOneConfig& pingone) {
  pingone.client_auth = reader.text("pingone.client_auth");
  pingone.client_secret = reader.secret("pingone.client_secret");
  pingone.private_key_file = reader.path("pingone.private_key_file");
  pingone.private_key_id = reader.text("pingone.private_key_id");
  if (pingone.client_auth == "private_key_jwt") {
    if (pingone.private_key_file.empty()) {
      reader.complain("pingone.private_key_file", "is missing, which private_key_jwt needs");
    }
  } else if (!reader.has_secret("pingone.client_secret")) {
    reader.complain("pingone.client_secret", "is missing");
  }
}

void read_way_there(ConfigReader& reader, PingOneConfig& pingone) {
  pingone.ca_file = reader.path("pingone.ca_file");
  pingone.requests_per_second =
      static_cast<std::uint32_t>(reader.number("pingone.requests_per_second"));
}

FormFields read_authorize_parameters(ConfigReader& reader) {
  constexpr std::string_view kName = "pingone.authorize_parameters";
  FormFields parameters;
  for (const std::string& entry : reader.texts(kName)) {
    const std::size_t at = entry.find('=');
    if (at == std::string::npos || !federation::is_extra_parameter(entry.substr(0, at))) {
      reader.complain(kName,
                      "has an entry that is no name=value, or a name with a meaning of its "
                      "own: " +
                          entry);
      continue;
    }
    parameters.emplace_back(entry.substr(0, at), entry.substr(at + 1));
  }
  return parameters;
}

}  // namespace

PingOneConfig read_pingone(ConfigReader& reader) {
  PingOneConfig pingone;
  pingone.issuer = read_issuer(reader);
  pingone.client_id = reader.text("pingone.client_id");
  read_client_auth(reader, pingone);
  pingone.scopes = reader.texts("pingone.scopes");
  pingone.davinci_policy = reader.text("pingone.davinci_policy");
  pingone.sign_on_policies = reader.texts("pingone.sign_on_policies");
  if (!pingone.sign_on_policies.empty() && !pingone.davinci_policy.empty()) {
    reader.complain("pingone.sign_on_policies", "and davinci_policy exclude each other");
  }
  pingone.authorize_parameters = read_authorize_parameters(reader);
  pingone.pushed_requests = reader.truth("pingone.pushed_requests");
  read_way_there(reader, pingone);
  const auto& scopes = pingone.scopes;
  if (std::find(scopes.begin(), scopes.end(), "openid") == scopes.end()) {
    reader.complain("pingone.scopes", "must have \"openid\": without it there is no ID token");
  }
  return pingone;
}

PingOneConfig read_token_issuer(ConfigReader& reader, bool exchanges) {
  PingOneConfig pingone;
  pingone.issuer = read_issuer(reader);
  read_way_there(reader, pingone);
  if (!exchanges) return pingone;
  pingone.client_id = reader.text("pingone.client_id");
  read_client_auth(reader, pingone);
  return pingone;
}

}  // namespace mcph::app
