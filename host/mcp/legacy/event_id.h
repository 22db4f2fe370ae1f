// Ids of the events of resumable streams (MCP 2025-11-25, resumability): they say which stream of a
// session and which event of it, so that any host can go on from there. And the events themselves
// as text. Pure, thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mcph::mcp {

// `<stream>.<number>`, and for the event that only carries the id a third part that makes it
// unique.
struct EventId {
  std::string stream;
  std::int64_t number = 0;
};

std::string make_event_id(std::string_view stream, std::int64_t number);
std::optional<EventId> parse_event_id(std::string_view text);

// The name of the one GET stream of a session, which cannot be guessed without the session's id.
std::string make_get_stream_name(std::string_view session_hash);

// One message as an event with an id.
std::string make_event(std::string_view message, std::string_view id);
// What opens a stream: an id to come back with, and when to do so. Its data is empty, which clients
// of older revisions cannot read.
std::string make_priming_event(std::string_view id);
// The second half of that alone.
std::string make_retry_hint();

}  // namespace mcph::mcp
