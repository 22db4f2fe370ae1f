#include "federation/jwks_cache.h"

#include <utility>

#include "net/fetch_json.h"

namespace mcph::federation {
namespace {

Error unusable(std::string why) {
  return Error{Code::kUnavailable, "the identity provider cannot be used now",
               "jwks: " + std::move(why)};
}

Result<CachedDocument<crypto::JwkSet>::Loaded> load(Discovery& discovery, net::HttpClient& http) {
  const auto metadata = TRY(discovery.get());
  net::HttpRequest request;
  request.url = metadata->jwks_uri;
  request.timeout_ms = limits::kDocumentTimeoutMs;
  request.response_bytes_max = limits::kDocumentBytesMax;
  request.tag = "jwks";
  const net::JsonDocument document = TRY(net::fetch_json(http, std::move(request)));
  auto keys = crypto::JwkSet::parse(document.text);
  if (!keys.ok()) return unusable(keys.error().message);
  if (keys->size() == 0) return unusable("no usable key");
  return CachedDocument<crypto::JwkSet>::Loaded{
      std::make_shared<const crypto::JwkSet>(std::move(keys).value()),
      document.max_age.value_or(limits::kDocumentLifetimeMin)};
}

}  // namespace

JwksCache::JwksCache(Discovery& discovery, net::HttpClient& http, const Clock& clock,
                     const Log& log)
    : document_(
          "jwks", [&discovery, &http] { return load(discovery, http); }, clock, log) {}

}  // namespace mcph::federation
