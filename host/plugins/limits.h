// The limits of what plugins may be and say. Each is far above what a sane plugin needs.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/time.h"

namespace mcph::plugins {

inline constexpr std::size_t kFileBytesMax = 512u << 20;  // a Go or Rust plugin with debug symbols
inline constexpr std::size_t kToolsMax = 512;             // of one plugin; models choke on fewer
inline constexpr std::size_t kTextBytesMax = 64 * 1024;   // one description or schema
inline constexpr std::size_t kScopeWordsBytesMax = 512;   // a sentence on the consent page
inline constexpr std::size_t kResourcesMax = 4'096;       // more is what templates are for
inline constexpr std::size_t kPromptsMax = 512;
inline constexpr std::size_t kPromptArgumentsMax = 64;
inline constexpr std::size_t kNameBytesMax = 128;   // MCP 2025-11-25, tool names
inline constexpr std::size_t kUriBytesMax = 4'096;  // as a template's (mcp/limits.h)

inline constexpr std::size_t kResultBytesMax = 4u << 20;    // one answer, content and structure
inline constexpr std::size_t kBlocksMax = 1'000;            // content blocks of one answer
inline constexpr std::size_t kFailTextBytesMax = 8 * 1024;  // read by a model
inline constexpr std::size_t kDetailBytesMax = 4 * 1024;    // one log field
inline constexpr std::size_t kProgressTextBytesMax = 1024;

// What need_input() may ask at once. The state travels to the client and back in every round.
inline constexpr std::size_t kInputRequestsMax = 16;
inline constexpr std::size_t kInputKeyBytesMax = 64;
inline constexpr std::size_t kInputRequestsBytesMax = 256 * 1024;
inline constexpr std::size_t kInputStateBytesMax = 16 * 1024;
inline constexpr std::size_t kCompletionValuesMax = 100;  // MCP, completion/complete

// Calls whose memory is kept after their end, zeroed, so that a plugin which answers twice or looks
// at its token again finds an ended call and not freed memory.
inline constexpr std::size_t kRetiredCallsMax = 128;

// A tool that says NEVER_BLOCKS and takes this long, this often, goes to the executor for good.
inline constexpr Milliseconds kNeverBlocksMax{20};
inline constexpr std::uint32_t kBrokenPromisesMax = 16;

inline constexpr Milliseconds kHttpMargin{100};  // between the end of a request and of its call
inline constexpr std::size_t kHttpUrlBytesMax = 8 * 1024;
inline constexpr std::size_t kHttpHeadersMax = 64;
inline constexpr std::size_t kHttpHeaderBytesMax = 16 * 1024;
inline constexpr std::size_t kHttpBodyBytesMax = 4u << 20;    // of a request
inline constexpr std::size_t kHttpAnswerBytes = 1u << 20;     // when the plugin does not say
inline constexpr std::size_t kHttpAnswerBytesMax = 8u << 20;  // whatever the plugin says
inline constexpr std::size_t kHttpPendingMax = 64;            // start() under way, one plugin

// Entries of "mcph.kv/1". It keeps settings and cursors, not documents: those belong to an API.
inline constexpr std::size_t kKvKeyBytesMax = 256;
inline constexpr std::size_t kKvValueBytesMax = 64 * 1024;
inline constexpr std::size_t kKvUserEntriesMax = 1'000;  // of one plugin and user
inline constexpr std::size_t kKvUserBytesMax = 4u << 20;
inline constexpr std::size_t kKvOwnEntriesMax = 10'000;  // of one plugin, for all users
inline constexpr std::size_t kKvOwnBytesMax = 32u << 20;
inline constexpr std::size_t kKvListDefault = 100;
inline constexpr std::size_t kKvListMax = 1'000;  // of one answer
inline constexpr std::size_t kKvPendingMax = 64;  // start() under way, one plugin
inline constexpr Seconds kKvTtlMax{10LL * 366 * 24 * 3600};

inline constexpr std::size_t kHealthSentenceBytesMax = 512;

inline constexpr std::uint64_t kSpansMax = 64;  // of one call
inline constexpr std::size_t kSpanAttributesMax = 16;
inline constexpr std::size_t kSpanTextBytesMax = 256;

// Work a plugin has posted and that waits ("mcph.task/1"). Timers are for caches and polls, not for
// next month: no host lives that long.
inline constexpr std::size_t kPostedWorkMax = 256;
inline constexpr Milliseconds kPostedWorkDelayMax{24 * 3600 * 1000};
inline constexpr Milliseconds kPostedWorkRetry{20};

}  // namespace mcph::plugins
