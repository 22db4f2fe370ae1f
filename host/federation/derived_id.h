// Ids for what is known by its name elsewhere and has no row here: every host makes the same one.
// Pure.
#pragma once

#include <string>
#include <string_view>

namespace mcph::federation {

// A UUID of version 8 (RFC 9562 §5.8) made of the digest of both.
std::string make_derived_id(std::string_view purpose, std::string_view name);

}  // namespace mcph::federation
