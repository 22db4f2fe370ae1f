#include "oauth/stored_tokens.h"

#include <utility>

namespace mcph::oauth {

StoredTokens::StoredTokens(std::string resource, const TokenFormat& format, TokenStore& tokens,
                           const Clock& clock)
    : resource_(std::move(resource)), format_(format), tokens_(tokens), clock_(clock) {}

bool StoredTokens::may_be_live(std::string_view token) const {
  const auto expires_at = format_.find_expiry(TokenKind::kAccess, token);
  return expires_at && *expires_at > clock_.now();
}

Result<ValidToken> StoredTokens::validate(std::string_view token) {
  const UnixTime now = clock_.now();
  auto found = TRY(tokens_.find_access_token(hash_token(token), now));
  if (!found || found->caller.expires_at <= now) {
    return Error{Code::kUnauthorized, "the access token is not valid", {}};
  }
  if (!covers_resource(found->resource, resource_)) {
    return Error{Code::kUnauthorized, "the access token is for another resource", {}};
  }
  ValidToken valid{std::make_shared<const Caller>(std::move(found->caller)), nullptr};
  if (!found->dpop_jkt.empty()) {
    valid.dpop_jkt = std::make_shared<const std::string>(std::move(found->dpop_jkt));
  }
  return valid;
}

bool covers_resource(std::string_view audience, std::string_view resource) noexcept {
  if (audience == resource) return true;
  if (audience.empty() || !resource.starts_with(audience)) return false;
  return audience.back() == '/' || resource[audience.size()] == '/';
}

}  // namespace mcph::oauth
