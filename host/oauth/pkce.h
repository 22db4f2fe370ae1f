// Proof key for code exchange, S256 only (RFC 7636): without it, a stolen code would be enough.
// Pure.
#pragma once

#include <string_view>

namespace mcph::oauth {

// base64url of a SHA-256 digest: what S256 yields and nothing else.
bool is_code_challenge(std::string_view text);
// RFC 7636 §4.1: 43 to 128 unreserved characters.
bool is_code_verifier(std::string_view text);
bool matches_challenge(std::string_view verifier, std::string_view challenge);

}  // namespace mcph::oauth
