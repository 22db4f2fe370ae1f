#include "crypto/key_ring.h"

#include <algorithm>

#include "base/encoding.h"
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

KeyRing::KeyRing(State state) : shared_(std::make_unique<Shared>()) {
  shared_->state = std::make_shared<const State>(std::move(state));
}

Result<KeyRing> KeyRing::parse(std::string_view text) {
  State ring;
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
      if (key) wipe(*key);
      return bad_line(number, "the key must be 32 bytes in base64url");
    }
    Secret secret(std::string_view{*key});
    wipe(*key);
    if (!ring.keys.emplace(id, std::move(secret)).second) {
      return bad_line(number, "the id is used twice");
    }
    ring.order.push_back(id);
    if (ring.order.size() > kKeyCountMax) return bad_line(number, "too many keys");
  }
  if (ring.order.empty()) return Error{Code::kInvalid, "the key ring has no key", {}};
  return KeyRing(std::move(ring));
}

Secret KeyRing::make_line(std::string_view id, Random& random) {
  std::string key = random.bytes(kKeyBytes);
  std::string text = to_base64url(key);
  std::string line = std::string(id) + ':' + text;
  Secret made{std::string_view(line)};
  wipe(key);
  wipe(text);
  wipe(line);
  return made;
}

std::shared_ptr<const KeyRing::State> KeyRing::state() const {
  const std::lock_guard lock(shared_->mutex);
  return shared_->state;
}

std::optional<Secret> KeyRing::State::derive(std::string_view key_id,
                                             std::string_view purpose) const {
  const auto found = keys.find(std::string(key_id));
  if (found == keys.end()) return std::nullopt;
  // The prefix keeps our sub-keys apart from whatever else may be derived from the same key.
  return hkdf_sha256(found->second, "mcp-host/1 " + std::string(purpose), kKeyBytes);
}

std::optional<Secret> KeyRing::derive(std::string_view key_id, std::string_view purpose) const {
  return state()->derive(key_id, purpose);
}

KeyRing::Derived KeyRing::derive_active(std::string_view purpose) const {
  const auto now = state();
  const std::string& id = now->order.front();
  return {id, *now->derive(id, purpose)};
}

void KeyRing::replace(KeyRing other) {
  auto next = other.state();
  const std::lock_guard lock(shared_->mutex);
  shared_->state.swap(next);
}

KeySlotPtr KeyRing::open(std::string_view purpose) const {
  const auto now = state();
  std::vector<std::pair<std::string, Secret>> keys;
  for (const std::string& id : now->order) keys.emplace_back(id, *now->derive(id, purpose));
  return std::make_shared<const KeySlot>(std::make_shared<const KeySet>(std::move(keys)));
}

}  // namespace mcph::crypto
