#include "http/transport/response_writer.h"

#include <algorithm>
#include <array>
#include <charconv>

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

Response make_refusal(int status, std::string_view why) {
  std::string body(why);
  body += '\n';
  return make_text_response(status, "text/plain; charset=utf-8", std::move(body));
}

std::string_view reason_phrase(int status) noexcept {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 301:
      return "Moved Permanently";
    case 302:
      return "Found";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 307:
      return "Temporary Redirect";
    case 308:
      return "Permanent Redirect";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 406:
      return "Not Acceptable";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 410:
      return "Gone";
    case 411:
      return "Length Required";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 417:
      return "Expectation Failed";
    case 422:
      return "Unprocessable Content";
    case 426:
      return "Upgrade Required";
    case 428:
      return "Precondition Required";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Gateway Timeout";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "Unknown";
  }
}

}  // namespace mcph::http
