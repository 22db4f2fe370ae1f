// Limits of the protocol layer, each with its reason. Sizes in bytes, times in their unit.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/time.h"

namespace mcph::mcp::limits {

// One screen of tools for a model; clients fetch further pages by themselves. The same for
// resources and prompts.
inline constexpr std::size_t kListPageMax = 100;
// JSON-RPC batches exist for 2025-03-26 only; its clients send a handful of messages at most.
inline constexpr std::size_t kBatchMax = 50;
// An id or progress token is a number or a UUID; whatever is longer is an attack on our memory.
inline constexpr std::size_t kRequestIdBytesMax = 256;
// Ours are about 250 bytes; the rest is room for long client ids.
inline constexpr std::size_t kSessionIdBytesMax = 2048;
inline constexpr std::size_t kCursorBytesMax = 1024;
// Opened session ids kept ready: about 20 MB when full. An evicted one costs 2 µs to open again.
inline constexpr std::size_t kOpenSessionsMax = 32 * 1024;
// A session may be used this long without asking the database whether another host ended it. The
// notification is faster; this bounds what a lost one can do.
inline constexpr Seconds kTerminationTrust{30};
// Open GET streams: each holds a connection. The second keeps one person from taking them all.
inline constexpr std::size_t kStreamsMax = 10'000;
inline constexpr std::size_t kStreamsPerPrincipalMax = 64;
// How often an open stream asks whether its token is still good, besides being told.
inline constexpr Seconds kStreamRecheck{60};
// Progress notifications of one call, and its log messages: a burst, then a steady trickle; what is
// above is left out (MCP progress: "SHOULD implement rate limiting").
inline constexpr std::uint32_t kNotificationBurst = 32;
inline constexpr std::uint32_t kNotificationsPerSecond = 20;
// How often one call may ask its client before it is given up: where clients stop, too.
inline constexpr std::uint32_t kInputRoundsMax = 10;
// How long a client may take with its answers: a person has to read and decide.
inline constexpr Seconds kRequestStateTtl{600};
// A plugin's state (64 KiB at most) sealed, and the room for what is put beside it.
inline constexpr std::size_t kRequestStateBytesMax = 96 * 1024;
// completion/complete: "Maximum 100 items per response" (MCP, completion).
inline constexpr std::size_t kCompletionValuesMax = 100;
// Equal announcements nearer to each other than this are folded: a plugin that reloads its tools
// one by one announces each, and every client fetches the whole list for every word of it.
inline constexpr Milliseconds kAnnouncementGap{250};
// So many different ones are remembered for that; further ones go out as they come.
inline constexpr std::size_t kAnnouncementsHeldMax = 1024;
// What a client that comes back to its GET stream is told at most; beyond, "all lists changed".
inline constexpr std::size_t kAnnouncementsReplayedMax = 256;
// Resources a legacy session may subscribe to: 32 bytes each, in the database and in memory.
inline constexpr std::size_t kSubscriptionsPerSessionMax = 256;
// Resources one modern subscription may name.
inline constexpr std::size_t kSubscriptionsPerStreamMax = 256;
// Tasks one modern subscription may name: as many as a person may have open. Each costs a statement
// when the stream opens.
inline constexpr std::size_t kTasksPerStreamMax = 64;
// The events of one answer that a client may come back for, sealed. Larger ones reach the client
// that stays.
inline constexpr std::size_t kStreamLogBytesMax = 8 * 1024 * 1024;
// A stream that goes on is kept for longer than any call takes; one that has ended as long as a
// client may need to find the way back.
inline constexpr Seconds kRunningStreamKept{3600};
inline constexpr Seconds kEndedStreamKept{300};
// What a plugin may ask a client at once: clients give up beyond eight or ten.
inline constexpr std::size_t kQuestionsPerRoundMax = 16;
// Of all calls of this host: each holds its call and the client's stream.
inline constexpr std::size_t kQuestionsWaitingMax = 10'000;
// An answer is a form, or some text of a model.
inline constexpr std::size_t kAnswerBytesMax = 1024 * 1024;
// How much of a client's own words about a refusal goes on to the plugin.
inline constexpr std::size_t kClientErrorBytesMax = 256;
// An answer for another host waits this long for it: longer than any call.
inline constexpr Seconds kAnswerKept{900};
// How often held announcements and the deadlines of questions are looked at.
inline constexpr Milliseconds kTick{100};
// What a client waits before it comes back to a stream that was closed on purpose (SSE `retry`).
inline constexpr int kStreamRetryMs = 1000;
// Clients may keep lists and the discovery answer this long.
inline constexpr std::int64_t kListTtlMs = 60'000;
// What a client is told to wait before it repeats a call that found the host full.
inline constexpr int kRetryAfterSeconds = 1;
// A resource's URI travels in an HTTP header too (Mcp-Name).
inline constexpr std::size_t kUriBytesMax = 4096;
inline constexpr std::size_t kTemplateVariablesMax = 8;
// Tries to fit one URI into one template; a template that needs more is ambiguous beyond use.
inline constexpr std::size_t kTemplateStepsMax = 1'000;

}  // namespace mcph::mcp::limits
