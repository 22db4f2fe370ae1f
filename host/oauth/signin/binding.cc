#include "oauth/signin/binding.h"

#include "base/encoding.h"
#include "base/secret.h"
#include "crypto/hash.h"

namespace mcph::oauth {
namespace {

std::string derive(std::string_view secret, std::string_view purpose) {
  return crypto::hmac_sha256(Secret(secret), purpose);
}

// RFC 9562 §5.8: a version 8 UUID, whose bits are ours to choose.
std::string to_uuid(std::string bytes) {
  bytes.resize(16);
  bytes[6] = static_cast<char>((bytes[6] & 0x0f) | 0x80);
  bytes[8] = static_cast<char>((bytes[8] & 0x3f) | 0x80);
  std::string text = to_hex(bytes);
  for (const std::size_t at : {8u, 13u, 18u, 23u}) text.insert(at, 1, '-');
  return text;
}

}  // namespace

SignInBinding derive_binding(std::string_view consent_secret) {
  return {to_base64url(derive(consent_secret, "state")),
          to_base64url(derive(consent_secret, "signin-cookie")),
          GrantId{to_uuid(derive(consent_secret, "grant"))},
          to_base64url(derive(consent_secret, "txn"))};
}

std::string suffix_of_state(std::string_view state) {
  return to_hex(crypto::sha256(state)).substr(0, 16);
}

}  // namespace mcph::oauth
