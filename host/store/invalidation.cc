#include "store/invalidation.h"

#include <array>

#include "base/encoding.h"

namespace mcph::store {
namespace {

using Kind = Invalidation::Kind;

struct Prefix {
  std::string_view text;
  Kind kind;
  bool hex;
};

constexpr std::array<Prefix, 7> kPrefixes{{
    {"grant:", Kind::kGrant, false},
    {"client:", Kind::kClient, false},
    {"token:", Kind::kToken, true},
    {"session:", Kind::kSession, true},
    {"task:", Kind::kTask, false},
    {"state:", Kind::kState, true},
    {"keys:", Kind::kKeys, false},
}};

}  // namespace

std::optional<Invalidation> parse_invalidation(std::string_view payload) {
  for (const Prefix& prefix : kPrefixes) {
    if (!payload.starts_with(prefix.text)) continue;
    const std::string_view id = payload.substr(prefix.text.size());
    if (!prefix.hex) return Invalidation{prefix.kind, std::string(id)};
    auto bytes = from_hex(id);
    if (!bytes) return std::nullopt;
    return Invalidation{prefix.kind, std::move(*bytes)};
  }
  return std::nullopt;
}

}  // namespace mcph::store
