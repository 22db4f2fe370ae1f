// Limits of tasks, each with its reason.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/time.h"

namespace mcph::mcp::limits {

// 192 bits: an id cannot be guessed, though knowing one helps nobody else.
inline constexpr std::size_t kTaskIdRandomBytes = 24;
inline constexpr std::size_t kTaskIdBytes = 32;  // the same in base64url
// Long enough to come back after lunch; results are of no use for ever, and take space.
inline constexpr Seconds kTaskTtl{3600};
// What clients are told to wait between two looks. A look costs one statement.
inline constexpr Milliseconds kTaskPollInterval{1000};
// Work ends this long before the task expires at the latest, so that its result can be fetched.
inline constexpr Seconds kTaskResultTime{300};
// Of one person, on all hosts together: at work or waiting, and with results that were not fetched.
inline constexpr std::size_t kOpenTasksPerPrincipalMax = 64;
inline constexpr std::size_t kStoredTasksPerPrincipalMax = 512;
// At work on one host. Threads are bounded by the plugins' bulkheads; this bounds the bookkeeping.
inline constexpr std::size_t kTaskRunsMax = 4096;
// A host that has not renewed for this long is gone. It has missed several renewals by then, so a
// slow database does not end tasks.
inline constexpr Milliseconds kTaskLease{45'000};
inline constexpr Milliseconds kTaskRenewal{10'000};
// How often the host looks after its tasks: news of their progress reach the client this late.
inline constexpr Milliseconds kTaskTick{1000};
// What a plugin says about progress; a line for people.
inline constexpr std::size_t kTaskMessageBytesMax = 1024;
// How often a change is tried again when somebody else was faster. Each time somebody else has
// changed the task, and a task is changed by its owner, its client and its end.
inline constexpr int kTaskChangeTriesMax = 8;
// Tasks of dead hosts that are ended at once.
inline constexpr std::size_t kAbandonedTasksMax = 100;

}  // namespace mcph::mcp::limits
