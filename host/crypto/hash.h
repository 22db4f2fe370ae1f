// Digests and comparison. Pure, thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "base/secret.h"

namespace mcph::crypto {

std::string sha256(std::string_view bytes);                          // 32 raw bytes
std::string hmac_sha256(const Secret& key, std::string_view bytes);  // 32 raw bytes
// HKDF-SHA256 (RFC 5869) with an empty salt: a sub-key of `length` bytes for one purpose.
Secret hkdf_sha256(const Secret& key, std::string_view info, std::size_t length);
// Takes the same time whatever differs; sizes are not secret.
bool equal_constant_time(std::string_view a, std::string_view b) noexcept;

}  // namespace mcph::crypto
