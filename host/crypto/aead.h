// AES-256-GCM with a random 96-bit nonce: nonce || ciphertext || tag. Thread-safe. `aad` binds the
// sealed bytes to their place (table, row, purpose): opened anywhere else, they fail.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/secret.h"

namespace mcph::crypto {

std::string aead_seal(const Secret& key, std::string_view plaintext, std::string_view aad,
                      Random& random);
// Nothing when the bytes were not sealed with this key and aad.
std::optional<Secret> aead_open(const Secret& key, std::string_view sealed, std::string_view aad);

}  // namespace mcph::crypto
