// Writes responses as bytes. What frames an answer (Content-Length, Transfer-Encoding, Connection,
// Date) is decided here and nowhere else: fields of these names in a Response are left out. Pure.
#pragma once

#include <string>
#include <string_view>

#include "base/http_message.h"

namespace mcph::http {

// How the request was made; decides the form of its answer.
struct ReplyForm {
  unsigned minor_version = 1;  // of HTTP/1.x
  bool head_request = false;   // RFC 9110 §9.3.2: all but the body
  bool keep_alive = true;
};

// True if every field of the response may be sent: names are tokens, values have no control
// characters. A line break in a value would let whoever chose it write fields, or answers, of his
// own (RFC 9110 §5.5). Also the status must be one of a final answer.
bool is_sendable(const Response& response);

// The response has "Connection: close".
bool asks_to_close(const Response& response);

// The response must be sendable. `date` is a whole line or empty.
void write_reply(std::string& out, const Response& response, ReplyForm form, std::string_view date);

// The head of an event stream; `head` gives its status and further fields. On HTTP/1.0 the end of
// the connection ends the stream, otherwise it is chunked.
void write_stream_head(std::string& out, const Response& head, ReplyForm form,
                       std::string_view date);
void write_chunk(std::string& out, std::string_view bytes);  // of at least one byte
void write_last_chunk(std::string& out);

// "Not Found"; "Unknown" for codes without a registered phrase.
std::string_view reason_phrase(int status) noexcept;

}  // namespace mcph::http
