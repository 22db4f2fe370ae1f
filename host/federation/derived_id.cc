#include "federation/derived_id.h"

#include "base/encoding.h"
#include "crypto/hash.h"

namespace mcph::federation {

std::string make_derived_id(std::string_view purpose, std::string_view name) {
  constexpr std::size_t kUuidBytes = 16;
  std::string text(purpose);
  text.append(1, '\0').append(name);
  std::string bytes = crypto::sha256(text).substr(0, kUuidBytes);
  bytes[6] = static_cast<char>((bytes[6] & 0x0f) | 0x80);
  bytes[8] = static_cast<char>((bytes[8] & 0x3f) | 0x80);
  std::string id = to_hex(bytes);
  for (const std::size_t at : {20u, 16u, 12u, 8u}) id.insert(at, 1, '-');
  return id;
}

}  // namespace mcph::federation
