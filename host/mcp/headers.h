// The HTTP fields MCP gives a meaning to, read in one pass, and the encoding of their values
// (MCP 2026-07-28, transports: "Standard request headers"). Pure, thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/http_message.h"

namespace mcph::mcp {

// A field that must be unique: absent, once, or (an error where it matters) repeated.
struct UniqueHeader {
  std::string_view value;  // without surrounding white space
  int count = 0;
  bool absent() const noexcept { return count == 0; }
  bool once() const noexcept { return count == 1; }
  bool repeated() const noexcept { return count > 1; }
  bool is(std::string_view wanted) const noexcept { return count == 1 && value == wanted; }
};

// Views into the request's headers; valid as long as those are.
struct McpHeaders {
  UniqueHeader protocol_version;
  UniqueHeader method;
  UniqueHeader name;
  UniqueHeader session_id;
  UniqueHeader last_event_id;
  bool accepts_json = true;  // also when there is no Accept at all
  bool accepts_events = true;
};

McpHeaders read_headers(const Headers& headers);

// The value of Mcp-Name or Mcp-Param-*: `=?base64?…?=` is decoded, anything else stands for itself.
// Nothing when the base64 is not strict (alphabet, padding), the decoded bytes are not UTF-8, or
// the value has characters a field may not have.
std::optional<std::string> decode_header_value(std::string_view value);

std::string_view trim(std::string_view text) noexcept;  // spaces and tabs (RFC 9110 §5.6.3)

}  // namespace mcph::mcp
