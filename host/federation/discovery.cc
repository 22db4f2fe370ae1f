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

// One that is not safe to use counts as missing: what it is for then fails by its name.
std::string find_endpoint(const json::object& document, std::string_view name,
                          const std::string& issuer) {
  auto endpoint = read_endpoint(document, name, issuer);
  return endpoint.ok() ? std::move(endpoint).value() : std::string{};
}

std::vector<std::string> read_words(const json::object& document, std::string_view name) {
  std::vector<std::string> words;
  const json::array* listed = find_array(document, name);
  if (listed == nullptr) return words;
  for (const json::value& word : *listed) {
    if (word.is_string()) words.emplace_back(view(word.get_string()));
  }
  return words;
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
  metadata.pushed_request_endpoint =
      find_endpoint(*object, "pushed_authorization_request_endpoint", issuer);
  metadata.revocation_endpoint = find_endpoint(*object, "revocation_endpoint", issuer);
  metadata.end_session_endpoint = find_endpoint(*object, "end_session_endpoint", issuer);
  const json::value* required = find(*object, "require_pushed_authorization_requests");
  metadata.requires_pushed_requests =
      required != nullptr && required->is_bool() && required->get_bool();
  metadata.scopes = read_words(*object, "scopes_supported");
  metadata.client_auth_methods = read_words(*object, "token_endpoint_auth_methods_supported");
  return metadata;
}

Discovery::Discovery(const std::string& issuer, net::HttpClient& http, const Clock& clock,
                     const Log& log)
    : document_(
          "discovery", [issuer, &http] { return load(issuer, http); }, clock, log) {}

}  // namespace mcph::federation
