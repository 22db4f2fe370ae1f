#include "net/request_check.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/url.h"
#include "net/limits.h"

namespace mcph::net {
namespace {

Error refused(const char* why) {
  return Error{Code::kInvalid, why, {}};
}

// RFC 9110 §5.6.2
bool is_token(std::string_view text) {
  static constexpr std::string_view kOthers = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           kOthers.find(c) != std::string_view::npos;
  });
}

// RFC 9110 §5.5: no control characters but the tab, so that a value cannot start a new line.
bool is_field_value(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte >= 0x20 && byte != 0x7f) || c == '\t';
  });
}

// The client sets these itself; a caller who could set them could smuggle or misroute.
bool is_reserved(std::string_view name) {
  constexpr std::array<std::string_view, 12> kReserved = {
      "authorization",  "connection",       "content-length",      "expect", "host",
      "http2-settings", "keep-alive",       "proxy-authorization", "te",     "proxy-connection",
      "upgrade",        "transfer-encoding"};
  return std::any_of(kReserved.begin(), kReserved.end(),
                     [name](std::string_view r) { return iequals(r, name); });
}

Result<> check_url(const std::string& text) {
  if (text.size() > limits::kUrlBytesMax) return refused("the URL is too long");
  const auto url = parse_url(text);
  if (!url.ok() || url->host.empty()) return refused("not an absolute URL");
  if (url->scheme != "https" && url->scheme != "http") return refused("only http and https URLs");
  if (url->has_userinfo) return refused("no credentials in URLs");
  return Ok{};
}

}  // namespace

Result<> check_request(const HttpRequest& request) {
  if (request.method == Method::kOther) return refused("unknown request method");
  TRY(check_url(request.url));
  std::size_t total = request.authorization.size();
  for (std::size_t i = 0; i < request.headers.size(); ++i) {
    const Headers::Field field = request.headers.at(i);
    if (!is_token(field.name)) return refused("a header name is not a token");
    if (!is_field_value(field.value)) return refused("a header value has control characters");
    if (is_reserved(field.name)) return refused("a header field belongs to the HTTP client");
    total += field.name.size() + field.value.size();
  }
  if (!is_field_value(request.authorization.reveal())) {
    return refused("the authorization value has control characters");
  }
  if (total > limits::kRequestHeaderBytesMax) return refused("the request header is too large");
  return Ok{};
}

}  // namespace mcph::net
