// The text of codes and of tokens of every kind: a prefix that secret scanners know, then base64url
// of
//   version (1) | key's mark (1) | expiry (4) | random (32) | HMAC-SHA256 tag (16).
// The tag lets garbage and expired tokens be refused without asking the database; it proves nothing
// more, so a token is good only if its hash is found there. Thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/random.h"
#include "base/secret.h"
#include "base/time.h"
#include "crypto/key_source.h"

namespace mcph::oauth {

enum class TokenKind {
  kAccess,
  kRefresh,
  kCode,
  kRegistration,   // registration access token, RFC 7592
  kInitialAccess,  // RFC 7591 §1.2
};

// Of tokens that end with what they belong to: the last second the format can say.
inline constexpr UnixTime kNeverExpires{Seconds{0xffff'ffff}};

class TokenFormat {
 public:
  TokenFormat(const crypto::KeySource& keys, Random& random);

  Secret make(TokenKind kind, UnixTime expires_at) const;
  // When it expires; nothing when we never made such a token of this kind.
  std::optional<UnixTime> find_expiry(TokenKind kind, std::string_view token) const;

 private:
  const crypto::KeySlotPtr keys_;
  Random& random_;
};

// "mcp_at_", "mcp_rt_", "mcp_ac_", "mcp_cr_", "mcp_ci_"
std::string_view prefix_of(TokenKind kind) noexcept;

// What the database keeps of a code, token, state or cookie: SHA-256, raw. They all carry 256
// random bits, so nothing slower is needed.
std::string hash_token(std::string_view token);

}  // namespace mcph::oauth
