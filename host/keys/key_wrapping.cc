#include "keys/key_wrapping.h"

#include <utility>

#include "base/encoding.h"
#include "crypto/aead.h"

namespace mcph::keys {
namespace {

constexpr std::size_t kKeyBytes = 32;  // AES-256, HMAC-SHA256
constexpr std::size_t kIdBytes = 6;
constexpr std::string_view kPurpose = "server-key";

std::string aad_of(const ServerKey& key) {
  return "server_key|sealed|" + key.id + '|' + key.purpose;
}

}  // namespace

void KeyWrapping::wrap(ServerKey& key, const Secret& secret) const {
  const auto kek = ring_.derive_active(kPurpose);
  key.kek_id = kek.id;
  key.sealed = crypto::aead_seal(kek.key, secret.reveal(), aad_of(key), random_);
}

ServerKey KeyWrapping::make(const std::string& purpose, UnixTime now) const {
  ServerKey key;
  key.id = to_hex(random_.bytes(kIdBytes));
  key.purpose = purpose;
  key.created_at = now;
  std::string bytes = random_.bytes(kKeyBytes);
  const Secret secret{std::string_view(bytes)};
  wipe(bytes);
  wrap(key, secret);
  return key;
}

Result<Secret> KeyWrapping::open(const ServerKey& key) const {
  const auto kek = ring_.derive(key.kek_id, kPurpose);
  if (!kek) {
    return Error{Code::kInternal, "the key ring lacks the key " + key.kek_id,
                 "it wraps " + key.id + " for " + key.purpose};
  }
  auto secret = crypto::aead_open(*kek, key.sealed, aad_of(key));
  if (!secret || secret->size() != kKeyBytes) {
    return Error{Code::kInternal, "the key " + key.id + " for " + key.purpose + " does not open",
                 "the ring key " + key.kek_id + " is another than it was, or the row was changed"};
  }
  return *std::move(secret);
}

Result<ServerKey> KeyWrapping::rewrap(ServerKey key) const {
  const Secret secret = TRY(open(key));
  wrap(key, secret);
  return key;
}

}  // namespace mcph::keys
