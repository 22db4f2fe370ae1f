#include "federation/token_front.h"

#include <memory>
#include <string>
#include <utility>

#include "federation/limits.h"
#include "federation/refresh.h"

namespace mcph::federation {
namespace {

constexpr std::int64_t kAnyVersion = -1;

}  // namespace

TokenFront::TokenFront(const Clock& clock, Milliseconds patience, Obtain obtain)
    : clock_(clock),
      patience_(patience),
      obtain_(std::move(obtain)),
      cache_(limits::kCachedTokensMax) {}

Result<TokenFront::Token> TokenFront::get(const GrantId& grant) {
  if (Token cached = find_cached(grant)) return cached;
  return obtain_alone(grant, kAnyVersion);
}

Result<TokenFront::Token> TokenFront::get_newer(const GrantId& grant, std::int64_t version) {
  if (Token cached = find_cached(grant); cached && cached->version > version) return cached;
  return obtain_alone(grant, version);
}

Result<TokenFront::Token> TokenFront::obtain_alone(const GrantId& grant,
                                                   std::int64_t above_version) {
  const std::string key = grant.str() + '>' + std::to_string(above_version);
  auto result = flights_.run(key, patience_, [&] { return obtain_(grant, above_version); });
  if (!result) return try_later("waited too long for another thread's token");
  return std::move(*result);
}

TokenFront::Token TokenFront::remember(const GrantId& grant, const StoredToken& stored,
                                       TokenCache::Ticket ticket) {
  auto token = std::make_shared<plugins::UpstreamToken>();
  token->access_token = stored.credential.access_token;
  token->claims_json = stored.credential.claims_json;
  token->expires_at = stored.credential.expires_at;
  token->version = stored.version;
  cache_.put(grant, token, good_until(stored.credential), clock_.now(), ticket);
  return token;
}

}  // namespace mcph::federation
