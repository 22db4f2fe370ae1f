#include "crypto/sealer.h"

#include "base/encoding.h"
#include "crypto/aead.h"

namespace mcph::crypto {

std::string Sealer::seal(std::string_view plaintext, std::string_view aad) const {
  const KeySetPtr keys = keys_->current();
  const KeySet::Entry& active = keys->active();
  return active.id + '.' + to_base64url(aead_seal(active.key, plaintext, aad, random_));
}

std::optional<Secret> Sealer::open(std::string_view sealed, std::string_view aad) const {
  const std::size_t dot = sealed.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const KeySetPtr keys = keys_->current();
  const KeySet::Entry* entry = keys->find(sealed.substr(0, dot));
  if (entry == nullptr) return std::nullopt;
  const auto bytes = from_base64url(sealed.substr(dot + 1));
  if (!bytes) return std::nullopt;
  return aead_open(entry->key, *bytes, aad);
}

}  // namespace mcph::crypto
