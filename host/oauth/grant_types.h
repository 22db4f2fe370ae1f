// The grant types of this server. Pure.
#pragma once

#include <array>
#include <string_view>

namespace mcph::oauth {

// RFC 8693 §2.1; here: a narrower access token for an access token.
inline constexpr std::string_view kTokenExchangeGrant =
    "urn:ietf:params:oauth:grant-type:token-exchange";

inline constexpr std::array<std::string_view, 3> kGrantTypes{"authorization_code", "refresh_token",
                                                             kTokenExchangeGrant};

inline bool is_grant_type(std::string_view text) noexcept {
  for (const auto type : kGrantTypes) {
    if (type == text) return true;
  }
  return false;
}

}  // namespace mcph::oauth
