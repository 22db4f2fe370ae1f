#include "crypto/key_ring.h"

#include <algorithm>

#include "base/assert.h"
#include "base/encoding.h"
#include "crypto/aead.h"
#include "crypto/hash.h"

namespace mcph::crypto {
namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kIdBytesMax = 32;

std::string_view trim(std::string_view text) {
  constexpr std::string_view blanks = " \t\r";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

bool is_key_id(std::string_view id) {
  return !id.empty() && id.size() <= kIdBytesMax && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  });
}

// Names the line, never its content: it may be a key with a typing error in it.
Error bad_line(std::size_t number, std::string_view why) {
  return Error{
      Code::kInvalid, "key ring line " + std::to_string(number) + ": " + std::string(why), {}};
}

}  // namespace

Result<KeyRing> KeyRing::parse(std::string_view text) {
  KeyRing ring;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    const std::string_view line = trim(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    if (line.empty() || line.front() == '#') continue;
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return bad_line(number, "expected <id>:<key>");
    const std::string id(line.substr(0, colon));
    if (!is_key_id(id)) return bad_line(number, "the id must be 1 to 32 of A-Z a-z 0-9 _ -");
    auto key = from_base64url(line.substr(colon + 1));
    if (!key || key->size() != kKeyBytes) {
      return bad_line(number, "the key must be 32 bytes in base64url");
    }
    if (!ring.keys_.emplace(id, Secret(std::move(*key))).second) {
      return bad_line(number, "the id is used twice");
    }
    ring.order_.push_back(id);
    if (ring.order_.size() > kKeyCountMax) return bad_line(number, "too many keys");
  }
  if (ring.order_.empty()) return Error{Code::kInvalid, "the key ring has no key", {}};
  return ring;
}

std::optional<Secret> KeyRing::derive(std::string_view key_id, std::string_view purpose) const {
  const auto found = keys_.find(std::string(key_id));
  if (found == keys_.end()) return std::nullopt;
  // The prefix keeps our sub-keys apart from whatever else may be derived from the same key.
  return hkdf_sha256(found->second, "mcp-host/1 " + std::string(purpose), kKeyBytes);
}

Sealer::Sealer(const KeyRing& ring, std::string_view purpose, Random& random)
    : active_id_(ring.active_id()), random_(random) {
  for (const std::string& id : ring.ids()) keys_.emplace(id, *ring.derive(id, purpose));
}

std::string Sealer::seal(std::string_view plaintext, std::string_view aad) const {
  return active_id_ + '.' + to_base64url(aead_seal(keys_.at(active_id_), plaintext, aad, random_));
}

std::optional<Secret> Sealer::open(std::string_view sealed, std::string_view aad) const {
  const std::size_t dot = sealed.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const auto key = keys_.find(std::string(sealed.substr(0, dot)));
  if (key == keys_.end()) return std::nullopt;
  const auto bytes = from_base64url(sealed.substr(dot + 1));
  if (!bytes) return std::nullopt;
  return aead_open(key->second, *bytes, aad);
}

}  // namespace mcph::crypto
