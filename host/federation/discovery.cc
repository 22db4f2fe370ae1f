#include "federation/discovery.h"

#include <utility>

#include "net/fetch_json.h"

namespace mcph::federation {
namespace {

Error unusable(std::string why) {
  return Error{Code::kUnavailable, "the identity provider cannot be used now",
               "discovery: " + std::move(why)};
}

Result<std::string> read_endpoint(const json::object& document, std::string_view name,
                                  const std::string& issuer) {
  const auto text = find_string(document, name);
  if (!text) return unusable(std::string(name) + " is missing");
  const auto url = parse_endpoint(*text);
  if (!url.ok()) return unusable(std::string(name) + ": " + url.error().message);
  if (issuer.starts_with("https:") && url->scheme != "https") {
    return unusable(std::string(name) + ": is not https, as the issuer is");
  }
  return std::string(*text);
}

Result<CachedDocument<Metadata>::Loaded> load(const std::string& issuer, net::HttpClient& http) {
  net::HttpRequest request;
  request.url = issuer + "/.well-known/openid-configuration";
  request.timeout_ms = limits::kDocumentTimeoutMs;
  request.response_bytes_max = limits::kDocumentBytesMax;
  request.tag = "discovery";
  const net::JsonDocument document = TRY(net::fetch_json(http, std::move(request)));
  Metadata metadata = TRY(parse_metadata(document.value, issuer));
  return CachedDocument<Metadata>::Loaded{std::make_shared<const Metadata>(std::move(metadata)),
                                          document.max_age.value_or(limits::kDocumentLifetimeMin)};
}

}  // namespace

Result<Metadata> parse_metadata(const json::value& document, const std::string& issuer) {
  const json::object* object = document.if_object();
  if (object == nullptr) return unusable("not an object");
  // OpenID Connect Discovery §4.3: identical, or another issuer could speak in this one's name.
  if (find_string(*object, "issuer") != issuer) return unusable("another issuer's document");
  Metadata metadata;
  metadata.authorization_endpoint = TRY(read_endpoint(*object, "authorization_endpoint", issuer));
  metadata.token_endpoint = TRY(read_endpoint(*object, "token_endpoint", issuer));
  metadata.jwks_uri = TRY(read_endpoint(*object, "jwks_uri", issuer));
  return metadata;
}

Discovery::Discovery(const std::string& issuer, net::HttpClient& http, const Clock& clock,
                     const Log& log)
    : document_(
          "discovery", [issuer, &http] { return load(issuer, http); }, clock, log) {}

}  // namespace mcph::federation
