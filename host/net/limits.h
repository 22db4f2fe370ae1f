// The limits of outgoing HTTP that are not configuration, each with its reason.
#pragma once

#include <cstddef>
#include <cstdint>

namespace mcph::net::limits {

// Twice what common servers let through; a server that sends more is broken or hostile.
inline constexpr std::size_t kResponseHeaderBytesMax = 32 * 1024;
// The same figure our own listener accepts in a request line.
inline constexpr std::size_t kUrlBytesMax = 8 * 1024;
inline constexpr std::size_t kRequestHeaderBytesMax = 32 * 1024;
// Idle connections are closed before the usual servers and load balancers do it (60 s): a request
// then hardly ever meets a connection that the other side is just closing.
inline constexpr std::int64_t kIdleConnectionSecondsMax = 50;
// A connection is replaced in time to notice that a name points elsewhere now.
inline constexpr std::int64_t kConnectionSecondsMax = 600;
// Finished handles kept for the next request; each holds some 20 KiB of buffers.
inline constexpr std::size_t kIdleHandlesMax = 64;

}  // namespace mcph::net::limits
