#include "plugins/http_request.h"

#include <algorithm>
#include <array>

#include "base/url.h"
#include "plugins/borrowed.h"
#include "plugins/limits.h"

namespace mcph::plugins {
namespace {

Error refused(Code code, std::string why) {
  return Error{code, std::move(why), {}};
}

// Credentials, and what belongs to the connection or frames the message (RFC 9110 §7.6.1).
constexpr std::array<std::string_view, 16> kHostsOwn{"authorization",
                                                     "proxy-authorization",
                                                     "cookie",
                                                     "host",
                                                     "connection",
                                                     "keep-alive",
                                                     "te",
                                                     "trailer",
                                                     "upgrade",
                                                     "transfer-encoding",
                                                     "content-length",
                                                     "proxy-connection",
                                                     "expect",
                                                     "traceparent",
                                                     "tracestate",
                                                     "proxy-authenticate"};

bool is_token(std::string_view name) {  // RFC 9110 §5.6.2
  if (name.empty()) return false;
  for (const char c : name) {
    const bool alnum = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!alnum && std::string_view("!#$%&'*+-.^_`|~").find(c) == std::string_view::npos) {
      return false;
    }
  }
  return true;
}

bool is_field_value(std::string_view value) {
  return std::none_of(value.begin(), value.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && byte != '\t') || byte == 0x7f;
  });
}

Result<Method> read_method(std::string_view name) {
  for (const Method method : {Method::kGet, Method::kHead, Method::kPost, Method::kPut,
                              Method::kPatch, Method::kDelete, Method::kOptions}) {
    if (to_string(method) == name) return method;
  }
  return refused(Code::kInvalid, "method");
}

Result<> add_headers(net::HttpRequest& out, const mcph_http_request& request) {
  if (request.header_count > kHttpHeadersMax) return refused(Code::kLimit, "headers");
  if (request.header_count > 0 && request.headers == nullptr) {
    return refused(Code::kInvalid, "headers");
  }
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < request.header_count; ++i) {
    const std::string_view name = view(request.headers[i].name);
    const std::string_view value = view(request.headers[i].value);
    bytes += name.size() + value.size();
    if (bytes > kHttpHeaderBytesMax) return refused(Code::kLimit, "headers");
    if (!is_token(name) || !is_field_value(value)) return refused(Code::kInvalid, "headers");
    for (const std::string_view own : kHostsOwn) {
      if (iequals(name, own)) return refused(Code::kInvalid, "header " + std::string(name));
    }
    out.headers.add(name, value);
  }
  return Ok{};
}

// Passed through, so that one trace shows it all.
void add_trace(net::HttpRequest& out, const std::optional<TraceContext>& trace) {
  if (!trace) return;
  out.headers.add("traceparent", trace->traceparent());
  if (!trace->state.empty()) out.headers.add("tracestate", trace->state);
}

}  // namespace

Result<net::HttpRequest> make_http_request(const mcph_http_request& request,
                                           const AllowedHosts& allowed,
                                           const std::optional<TraceContext>& trace) {
  net::HttpRequest out;
  out.method = TRY(read_method(view(request.method)));
  const std::string_view address = view(request.url);
  if (address.size() > kHttpUrlBytesMax) return refused(Code::kLimit, "url");
  const Url url = TRY(parse_url(address));
  if ((url.scheme != "https" && url.scheme != "http") || url.has_userinfo || url.has_fragment) {
    return refused(Code::kInvalid, "url");
  }
  if (!allowed.allows(url)) return refused(Code::kForbidden, "not allowed: " + url.origin());
  out.url = address;
  TRY(add_headers(out, request));
  add_trace(out, trace);
  const std::string_view body = view(request.body);
  if (body.size() > kHttpBodyBytesMax) return refused(Code::kLimit, "body");
  out.body = body;
  out.response_bytes_max = request.body_max == 0 ? kHttpAnswerBytes
                                                 : static_cast<std::size_t>(std::min<std::uint64_t>(
                                                       request.body_max, kHttpAnswerBytesMax));
  return out;
}

}  // namespace mcph::plugins
