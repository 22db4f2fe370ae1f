#include "oauth/token_format.h"

#include "base/encoding.h"
#include "crypto/hash.h"

namespace mcph::oauth {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kRandomBytes = 32;
constexpr std::size_t kTagBytes = 16;
constexpr std::size_t kExpiryAt = 2;
constexpr std::size_t kBodyBytes = kExpiryAt + 4 + kRandomBytes;
constexpr std::size_t kTextBytes = (kBodyBytes + kTagBytes) / 3 * 4;
static_assert((kBodyBytes + kTagBytes) % 3 == 0, "no left-over bits in base64url");

constexpr std::string_view kPurpose = "oauth.token-tag";

std::string make_tag(const Secret& key, TokenKind kind, std::string_view body) {
  // The prefix is part of what is signed: an access token cannot be passed off as a refresh token.
  std::string text(prefix_of(kind));
  text.append(body);
  return crypto::hmac_sha256(key, text).substr(0, kTagBytes);
}

void append_u32(std::string& out, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xff);
}

std::uint32_t read_u32(std::string_view bytes) {
  std::uint32_t value = 0;
  for (const char c : bytes.substr(0, 4)) value = value << 8 | static_cast<std::uint8_t>(c);
  return value;
}

}  // namespace

std::string_view prefix_of(TokenKind kind) noexcept {
  switch (kind) {
    case TokenKind::kAccess:
      return "mcp_at_";
    case TokenKind::kRefresh:
      return "mcp_rt_";
    case TokenKind::kRegistration:
      return "mcp_cr_";
    case TokenKind::kInitialAccess:
      return "mcp_ci_";
    case TokenKind::kCode:
      break;
  }
  return "mcp_ac_";
}

std::string hash_token(std::string_view token) {
  return crypto::sha256(token);
}

TokenFormat::TokenFormat(const crypto::KeySource& keys, Random& random)
    : keys_(keys.open(kPurpose)), random_(random) {}

Secret TokenFormat::make(TokenKind kind, UnixTime expires_at) const {
  const crypto::KeySetPtr keys = keys_->current();
  const crypto::KeySet::Entry& active = keys->active();
  std::string body;
  body.reserve(kBodyBytes + kTagBytes);
  body += static_cast<char>(kVersion);
  body += static_cast<char>(active.mark);
  append_u32(body, static_cast<std::uint32_t>(to_unix(expires_at)));
  body += random_.bytes(kRandomBytes);
  body += make_tag(active.key, kind, body);
  Secret token(std::string(prefix_of(kind)) + to_base64url(body));
  wipe(body);
  return token;
}

std::optional<UnixTime> TokenFormat::find_expiry(TokenKind kind, std::string_view token) const {
  const std::string_view prefix = prefix_of(kind);
  if (token.size() != prefix.size() + kTextBytes || !token.starts_with(prefix)) return std::nullopt;
  const auto bytes = from_base64url(token.substr(prefix.size()));
  if (!bytes || static_cast<std::uint8_t>(bytes->front()) != kVersion) return std::nullopt;
  const std::string_view body = std::string_view(*bytes).substr(0, kBodyBytes);
  const std::string_view tag = std::string_view(*bytes).substr(kBodyBytes);
  const auto mark = static_cast<std::uint8_t>(body[1]);
  const crypto::KeySetPtr keys = keys_->current();
  for (const crypto::KeySet::Entry& entry : keys->entries()) {
    if (entry.mark != mark) continue;
    if (!crypto::equal_constant_time(make_tag(entry.key, kind, body), tag)) continue;
    return from_unix(read_u32(body.substr(kExpiryAt)));
  }
  return std::nullopt;
}

}  // namespace mcph::oauth
