// Limits of fetching what strangers published.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/time.h"

namespace mcph::client_documents::limits {

inline constexpr std::size_t kDocumentBytesMax = 5 * 1024;  // what the draft recommends
inline constexpr std::int64_t kFetchMsMax = 5'000;          // a person waits for the consent page
// Of one host: fetched one after another, and not more in a minute than its real clients need.
inline constexpr std::size_t kFetchesPerMinute = 30;
inline constexpr Milliseconds kWaitForHost{5'000};
// A URL that failed is not tried again at once, whoever asks for it.
inline constexpr Seconds kBackoff{30};
// Hosts and failed URLs that are remembered; beyond that the oldest knowledge goes.
inline constexpr std::size_t kRememberedMax = 1024;
// Fetches at a time, together, and callers that wait for one: strangers must not occupy every
// thread.
inline constexpr std::size_t kFetchesMax = 6;
inline constexpr std::size_t kWaitingMax = 6;

}  // namespace mcph::client_documents::limits
