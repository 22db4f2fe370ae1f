#include "todo_api/signing_keys.h"

#include "net/fetch_json.h"

namespace mcph::todo_api {

namespace {

constexpr std::int64_t kFetchTimeout_ms = 3'000;
constexpr std::size_t kDocumentBytesMax = 64 * 1024;  // they are a few KB

net::HttpRequest make_get(std::string url, std::string tag) {
  net::HttpRequest request;
  request.url = std::move(url);
  request.timeout_ms = kFetchTimeout_ms;
  request.response_bytes_max = kDocumentBytesMax;
  request.tag = std::move(tag);
  return request;
}

}  // namespace

SigningKeys::SigningKeys(std::string issuer, net::HttpClient& http, const Clock& clock)
    : issuer_(std::move(issuer)), http_(http), clock_(clock) {}

Result<std::shared_ptr<const crypto::JwkSet>> SigningKeys::get(const std::string& kid) {
  const std::lock_guard lock(mutex_);
  const SteadyTime now = clock_.steady();
  const bool fresh = keys_ != nullptr && now - fetched_at_ < kLifetime;
  const bool knows = keys_ != nullptr && (kid.empty() || keys_->has_key(kid));
  if (fresh && knows) return keys_;
  if (!tried_ || now - tried_at_ >= kFetchCooldown) {
    tried_ = true;
    tried_at_ = now;
    auto fetched = fetch();
    if (fetched.ok()) {
      keys_ = *std::move(fetched);
      fetched_at_ = now;
    } else if (keys_ == nullptr) {
      return std::move(fetched).error();
    }
  }
  if (keys_ == nullptr) return Error{Code::kUnavailable, "no keys of the issuer", {}};
  return keys_;
}

Result<std::shared_ptr<const crypto::JwkSet>> SigningKeys::fetch() {
  const auto discovery = TRY(
      net::fetch_json(http_, make_get(issuer_ + "/.well-known/openid-configuration", "discovery")));
  const auto* document = discovery.value.if_object();
  // OpenID Connect Discovery §4.3: the document must be about the issuer that was asked.
  const auto issuer = document ? find_string(*document, "issuer") : std::nullopt;
  const auto jwks_uri = document ? find_string(*document, "jwks_uri") : std::nullopt;
  if (issuer != issuer_ || !jwks_uri) {
    return Error{Code::kUnavailable, "the issuer's discovery document is not its own", {}};
  }
  const auto jwks = TRY(net::fetch_json(http_, make_get(std::string(*jwks_uri), "jwks")));
  return std::make_shared<const crypto::JwkSet>(TRY(crypto::JwkSet::parse(jwks.text)));
}

}  // namespace mcph::todo_api
