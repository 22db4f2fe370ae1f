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

QuestionIds::QuestionIds(const crypto::KeyRing& ring, Random& random) : random_(random) {
  for (const std::string& id : ring.ids()) keys_.push_back(*ring.derive(id, "mcp.question"));
}

std::string QuestionIds::make(std::string_view session_hash) const {
  const std::string nonce = random_.bytes(kNonceBytes);
  return to_base64url(nonce + make_tag(keys_.front(), session_hash, nonce));
}

bool QuestionIds::is_of(std::string_view session_hash, std::string_view id) const {
  if (id.size() > kIdTextMax) return false;
  const auto bytes = from_base64url(id);
  if (!bytes || bytes->size() != kNonceBytes + kTagBytes) return false;
  const std::string_view all(*bytes);
  return std::any_of(keys_.begin(), keys_.end(), [&](const Secret& key) {
    return crypto::equal_constant_time(make_tag(key, session_hash, all.substr(0, kNonceBytes)),
                                       all.substr(kNonceBytes));
  });
}

}  // namespace mcph::mcp
