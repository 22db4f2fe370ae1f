// The limits of schemas and of checking against them. Schemas come from plugins, values from
// clients.
#pragma once

#include <cstddef>
#include <cstdint>

namespace mcph::schema {

inline constexpr std::size_t kSchemaNodesMax = 10'000;  // the largest tool schema we met has 400
// Instructions of one pattern: [a-z]{1,1000} fits, ([a-z]{1,1000}){1000} does not.
inline constexpr std::size_t kPatternSizeMax = 2'000;
inline constexpr std::size_t kPatternDepthMax = 32;
// $ref may lead in circles; deeper than any value we parse times the layers of a sane schema.
inline constexpr std::size_t kCheckDepthMax = 512;
// Steps of one check: tens of milliseconds. A value that needs more is refused, because the check
// runs on a network thread.
inline constexpr std::uint64_t kCheckStepsMax = 5'000'000;
inline constexpr std::size_t kShownNameBytesMax = 64;  // of a property name, in a message

}  // namespace mcph::schema
