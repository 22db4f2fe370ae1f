// The name of a connection: never a file descriptor, for those are reused at once, and an answer
// addressed to one would reach whoever got the number next.
#pragma once

#include <cstdint>

namespace mcph::http {

// Unique within its worker for the life of the process: the low bits are a slot of the
// ConnectionTable, the high bits say how often that slot was used. Also the tag in the poller.
enum class ConnectionId : std::uint64_t {};

inline constexpr unsigned kSlotBits = 20;  // a million connections a worker; 2^44 uses of each slot

// Tags of what is not a connection. Uses are counted from one, so no connection has them.
inline constexpr std::uint64_t kListenerTag = 1;
inline constexpr std::uint64_t kMailboxTag = 2;
inline constexpr std::uint64_t kTimerTag = 3;

}  // namespace mcph::http
