#include "crypto/key_source.h"

#include <algorithm>

#include "base/assert.h"
#include "crypto/hash.h"

namespace mcph::crypto {

KeySet::KeySet(std::vector<std::pair<std::string, Secret>> keys) {
  ASSERT(!keys.empty());
  entries_.reserve(keys.size());
  for (auto& [id, key] : keys) {
    const auto mark = static_cast<std::uint8_t>(sha256(id).front());
    entries_.push_back({std::move(id), mark, std::move(key)});
  }
}

const KeySet::Entry* KeySet::find(std::string_view id) const noexcept {
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [id](const Entry& entry) { return entry.id == id; });
  return found == entries_.end() ? nullptr : &*found;
}

}  // namespace mcph::crypto
