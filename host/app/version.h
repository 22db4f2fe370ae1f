// The version of this program, from CMakeLists.txt.
#pragma once

namespace mcph::app {

inline constexpr char kVersion[] = MCPH_VERSION;

}  // namespace mcph::app
