// Cursors of lists: opaque to clients, sealed, and good for one person on every host. A cursor says
// where to go on, not what the list was, so it stays valid while the catalogue changes.
// Thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/ids.h"
#include "crypto/sealer.h"

namespace mcph::mcp {

class Cursors {
 public:
  Cursors(const crypto::KeySource& keys, Random& random) : sealer_(keys, "mcp.cursor", random) {}

  // `list` is the method it belongs to; `last` the key of the last entry shown.
  std::string make(std::string_view list, const PrincipalId& principal,
                   std::string_view last) const;
  // Nothing when forged, of another list or of another person.
  std::optional<std::string> open(std::string_view cursor, std::string_view list,
                                  const PrincipalId& principal) const;

 private:
  crypto::Sealer sealer_;
};

}  // namespace mcph::mcp
