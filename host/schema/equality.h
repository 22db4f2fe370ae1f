// When two JSON values are equal to JSON Schema: numbers by value (1 is 1.0), objects whatever
// their order. Internal to schema/.
#pragma once

#include <cstdint>

#include "base/json.h"

namespace mcph::schema {

bool equal(const json::value& a, const json::value& b) noexcept;
// Equal values have equal hashes.
std::uint64_t hash(const json::value& value) noexcept;
// The value of a number: int64, uint64 and double all fit exactly.
long double number_of(const json::value& value) noexcept;

}  // namespace mcph::schema
