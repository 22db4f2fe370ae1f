// What the host has keys for, one set of keys a purpose. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace mcph::keys {

struct Purpose {
  std::string_view name;
  // How long something that was made with a key may still come back after the key was replaced; the
  // key is destroyed then. Nothing: it is kept for ever.
  std::optional<Seconds> keep;
};

// What the operator lets live how long.
struct Lifetimes {
  Seconds session{24 * 3600};
  Seconds approval{30 * 24 * 3600};  // that is remembered
};

std::vector<Purpose> make_purposes(const Lifetimes& lifetimes);

inline constexpr std::string_view kAuditPurpose = "audit.chain";

}  // namespace mcph::keys
