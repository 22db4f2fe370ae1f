#include "mcp/legacy/question_ids.h"

#include <algorithm>

#include "base/encoding.h"
#include "crypto/hash.h"

namespace mcph::mcp {
namespace {

constexpr std::size_t kNonceBytes = 12;
constexpr std::size_t kTagBytes = 12;  // 96 bits against guessing, each guess a request
constexpr std::size_t kIdTextMax = 64;

std::string make_tag(const Secret& key, std::string_view session_hash, std::string_view nonce) {
  std::string text(session_hash);
  text += nonce;
  return crypto::hmac_sha256(key, text).substr(0, kTagBytes);
}

}  // namespace

QuestionIds::QuestionIds(const crypto::KeySource& keys, Random& random)
    : keys_(keys.open("mcp.question")), random_(random) {}

std::string QuestionIds::make(std::string_view session_hash) const {
  const std::string nonce = random_.bytes(kNonceBytes);
  return to_base64url(nonce + make_tag(keys_->current()->active().key, session_hash, nonce));
}

bool QuestionIds::is_of(std::string_view session_hash, std::string_view id) const {
  if (id.size() > kIdTextMax) return false;
  const auto bytes = from_base64url(id);
  if (!bytes || bytes->size() != kNonceBytes + kTagBytes) return false;
  const std::string_view all(*bytes);
  const crypto::KeySetPtr keys = keys_->current();
  const auto& entries = keys->entries();
  return std::any_of(entries.begin(), entries.end(), [&](const crypto::KeySet::Entry& entry) {
    return crypto::equal_constant_time(
        make_tag(entry.key, session_hash, all.substr(0, kNonceBytes)), all.substr(kNonceBytes));
  });
}

}  // namespace mcph::mcp
