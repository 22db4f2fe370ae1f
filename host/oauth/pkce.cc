#include "oauth/pkce.h"

#include <algorithm>

#include "base/encoding.h"
#include "crypto/hash.h"

namespace mcph::oauth {

bool is_code_challenge(std::string_view text) {
  const auto digest = from_base64url(text);
  return digest && digest->size() == 32;
}

bool is_code_verifier(std::string_view text) {
  return text.size() >= 43 && text.size() <= 128 &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-' || c == '.' || c == '_' || c == '~';
         });
}

bool matches_challenge(std::string_view verifier, std::string_view challenge) {
  // RFC 7636 §4.6
  return crypto::equal_constant_time(to_base64url(crypto::sha256(verifier)), challenge);
}

}  // namespace mcph::oauth
