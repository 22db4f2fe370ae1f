#include "oauth/pushed/request_uri.h"

#include "base/encoding.h"

namespace mcph::oauth {
namespace {

constexpr std::string_view kPrefix = "urn:ietf:params:oauth:request_uri:";  // RFC 9126 §2.2

std::string make_aad(std::string_view uri_hash, const ClientId& client) {
  return "pushed-request/1 " + to_hex(uri_hash) + ' ' + client.str();
}

}  // namespace

bool is_pushed_request_uri(std::string_view uri) noexcept {
  return uri.starts_with(kPrefix);
}

Result<std::string> push_parameters(const Parts& parts, const ClientId& client,
                                    const Parameters& parameters) {
  // RFC 9126 §7.1: not to be guessed.
  std::string uri = std::string(kPrefix) + to_base64url(parts.random.bytes(32));
  PushedRequest request;
  request.uri_hash = hash_token(uri);
  request.client = client;
  request.sealed =
      parts.pushed_sealer.seal(parameters.to_text(), make_aad(request.uri_hash, client));
  request.expires_at = parts.clock.now() + parts.settings.pushed_request_lifetime;
  TRY(parts.pushed_requests.insert(request));
  return uri;
}

Result<std::optional<Parameters>> take_parameters(const Parts& parts, const ClientId& client,
                                                  std::string_view uri) {
  const std::string hash = hash_token(uri);
  const auto sealed = TRY(parts.pushed_requests.take(hash, client, parts.clock.now()));
  if (!sealed) return std::optional<Parameters>{};
  const auto text = parts.pushed_sealer.open(*sealed, make_aad(hash, client));
  if (!text) return std::optional<Parameters>{};  // a ring key that is gone
  return Parameters::parse(text->reveal());
}

}  // namespace mcph::oauth
