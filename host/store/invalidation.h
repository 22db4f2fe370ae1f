// What hosts tell each other over NOTIFY: something that caches may hold is no longer so. A value.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mcph::store {

inline constexpr const char* kChannel = "mcph";

struct Invalidation {
  enum class Kind {
    kGrant,    // revoked: its id
    kClient,   // changed, disabled or removed: its id
    kToken,    // revoked access token: SHA-256, 32 raw bytes
    kSession,  // ended: SHA-256 of its id, 32 raw bytes
    kTask,     // changed: its id
    kState,    // a session's client set something: as kSession
    kKeys,     // a purpose's keys changed: the id of one
  } kind = Kind::kGrant;
  std::string id;

  friend bool operator==(const Invalidation&, const Invalidation&) = default;
};

// `grant:<id>`, `client:<id>`, `token:<hex>`, `session:<hex>`, `state:<hex>`, `task:<id>`,
// `keys:<id>`. Nothing
// for any other payload: a newer host may say more.
std::optional<Invalidation> parse_invalidation(std::string_view payload);

}  // namespace mcph::store
