#include "http/transport/response_writer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <string>
#include <utility>

#include "http/transport/options.h"

namespace mcph::http {
namespace {

constexpr bool is_token_char(char c) {
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return true;
  return std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

constexpr auto kTokenTable = [] {
  std::array<bool, 256> table{};
  for (int c = 0; c < 128; ++c)
    table[static_cast<std::size_t>(c)] = is_token_char(static_cast<char>(c));
  return table;
}();

bool is_token(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return kTokenTable[static_cast<unsigned char>(c)];
  });
}

bool is_field_value(std::string_view value) {
  return std::none_of(value.begin(), value.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7f;
  });
}

// Compared with few names only: the length tells nearly all others apart.
bool is_ours(std::string_view name, bool stream) {
  switch (name.size()) {
    case 4:
      return iequals(name, "date");
    case 10:
      return iequals(name, "connection") || iequals(name, "keep-alive");
    case 12:
      return stream && iequals(name, "content-type");
    case 13:
      return stream && iequals(name, "cache-control");
    case 14:
      return iequals(name, "content-length");
    case 17:
      return iequals(name, "transfer-encoding") || (stream && iequals(name, "x-accel-buffering"));
    default:
      return false;
  }
}

// RFC 9110 §8.6: neither has a body, and a 204 no Content-Length.
bool has_no_body(int status) {
  return status == 204 || status == 304;
}

void append_number(std::string& out, std::size_t value, int base) {
  char digits[20];
  const auto end = std::to_chars(digits, digits + sizeof digits, value, base);
  out.append(digits, end.ptr);
}

void append_head(std::string& out, const Response& response, bool stream, std::string_view date) {
  if (response.status == 200) {
    out.append("HTTP/1.1 200 OK\r\n");
  } else {
    out.append("HTTP/1.1 ");
    append_number(out, static_cast<std::size_t>(response.status), 10);
    out.append(" ").append(reason_phrase(response.status)).append("\r\n");
  }
  out.append(date);
  for (std::size_t i = 0; i < response.headers.size(); ++i) {
    const Headers::Field field = response.headers.at(i);
    if (is_ours(field.name, stream)) continue;
    out.append(field.name).append(": ").append(field.value).append("\r\n");
  }
}

// RFC 9112 §9.3: persistence is the rule in 1.1 and the exception in 1.0.
void append_connection(std::string& out, ReplyForm form) {
  if (!form.keep_alive) {
    out.append("Connection: close\r\n");
  } else if (form.minor_version == 0) {
    out.append("Connection: keep-alive\r\n");
  }
}

struct Phrase {
  int status;
  std::string_view text;
};

// RFC 9110 §15 and RFC 6585.
constexpr Phrase kPhrases[] = {
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {426, "Upgrade Required"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
};

}  // namespace

bool is_sendable(const Response& response) {
  if (response.status < 200 || response.status > 599) return false;
  for (std::size_t i = 0; i < response.headers.size(); ++i) {
    const Headers::Field field = response.headers.at(i);
    if (!is_token(field.name) || !is_field_value(field.value)) return false;
  }
  return true;
}

bool asks_to_close(const Response& response) {
  const auto connection = response.headers.find("connection");
  return connection && iequals(*connection, "close");
}

void write_reply(std::string& out, const Response& response, ReplyForm form,
                 std::string_view date) {
  append_head(out, response, false, date);
  if (!has_no_body(response.status)) {
    out.append("Content-Length: ");
    append_number(out, response.body.size(), 10);
    out.append("\r\n");
  }
  append_connection(out, form);
  out.append("\r\n");
  if (!form.head_request && !has_no_body(response.status)) out.append(response.body);
}

void write_stream_head(std::string& out, const Response& head, ReplyForm form,
                       std::string_view date) {
  append_head(out, head, true, date);
  // no-transform and X-Accel-Buffering: proxies that collect events deliver them too late.
  out.append(
      "Content-Type: text/event-stream\r\n"
      "Cache-Control: no-cache, no-transform\r\n"
      "X-Accel-Buffering: no\r\n");
  if (form.minor_version > 0) out.append("Transfer-Encoding: chunked\r\n");
  append_connection(out, form);
  out.append("\r\n");
}

void write_chunk(std::string& out, std::string_view bytes) {
  append_number(out, bytes.size(), 16);
  out.append("\r\n").append(bytes).append("\r\n");
}

void write_last_chunk(std::string& out) {
  out.append("0\r\n\r\n");
}

Response make_text_refusal(int status, std::string_view why) {
  std::string body(why);
  body += '\n';
  return make_text_response(status, "text/plain; charset=utf-8", std::move(body));
}

std::string_view reason_phrase(int status) noexcept {
  const auto* found = std::find_if(std::begin(kPhrases), std::end(kPhrases),
                                   [status](const Phrase& p) { return p.status == status; });
  return found == std::end(kPhrases) ? "Unknown" : found->text;
}

}  // namespace mcph::http
