// Every limit that is not configuration, with its reason. Sizes in bytes, times in their unit.
#pragma once

#include <cstddef>

#include "base/time.h"

namespace mcph::limits {

// ---- JSON -----------------------------------------------------------------------------------
// Deep enough for any schema we met, shallow enough for recursive readers on small stacks.
inline constexpr std::size_t kJsonDepthMax = 64;

// ---- HTTP, incoming -------------------------------------------------------------------------
inline constexpr std::size_t kHttpHeadBytesMax = 16 * 1024;   // what nginx and Node accept in total
inline constexpr std::size_t kHttpTargetBytesMax = 8 * 1024;  // /authorize with every parameter
inline constexpr std::size_t kHttpHeaderCountMax = 100;       // twice what browsers ever send
// The DOM of a JSON body takes up to 12 times its text: 4 MiB bounds a request to about 50 MiB.
inline constexpr std::size_t kHttpBodyBytesMax = 4 * 1024 * 1024;
inline constexpr std::size_t kFormBytesMax = 64 * 1024;  // OAuth forms: a few KB in practice
inline constexpr std::size_t kRegistrationBytesMax = 64 * 1024;

}  // namespace mcph::limits
