// Where one request ends and the next begins must have one reading only: whoever can make two
// readers disagree smuggles a request past one of them (RFC 9112 §11.2). So everything ambiguous is
// refused, and every refusal closes the connection. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "base/http_message.h"
#include "http/transport/options.h"

namespace mcph::http {

// Answered with this status; `why` is fixed text the client may read.
struct Refusal {
  int status;
  std::string_view why;
};

// How often a field occurred, and which of the request's fields it was first.
struct FieldFact {
  std::size_t count = 0;
  std::size_t index = 0;
};

// What the parser saw that the Request itself does not tell, or only to who searches.
struct HeadFacts {
  unsigned minor_version = 1;  // of HTTP/1.x
  bool request_line_done = false;
  bool head_done = false;
  bool keep_alive = false;
  bool chunked = false;
  FieldFact host;
  FieldFact content_length;
  FieldFact transfer_encoding;
  FieldFact content_type;
  FieldFact authorization;
  FieldFact origin;
  FieldFact expect;
  FieldFact mcp;  // all whose names begin with "Mcp-"
};

// The rules, in their order; nothing when the head passed all of them.
std::optional<Refusal> check_head(const Request& request, const HeadFacts& facts,
                                  const Limits& limits);

// RFC 9110 §10.1.1: the client waits for "100 Continue" before it sends the body.
bool expects_continue(const HeadFacts& facts);

// Absolute-form ("http://host/path", RFC 9112 §3.2.2) becomes origin-form, and its authority
// replaces Host. After check_head.
void normalise_target(Request& request);

// For a request line whose version the parser did not take: another HTTP (505), or no HTTP at all.
Refusal refuse_version(std::string_view request_line);

}  // namespace mcph::http
