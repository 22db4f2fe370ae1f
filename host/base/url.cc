#include "base/url.h"

#include <algorithm>
#include <boost/url.hpp>
#include <cctype>
#include <charconv>

namespace mcph {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

std::uint16_t default_port(std::string_view scheme) {
  if (scheme == "https") return 443;
  if (scheme == "http") return 80;
  return 0;
}

// 0 for what is no port. The library's own port_number() wraps around: 99999 becomes 34463.
std::uint16_t parse_port(const std::string& digits) {
  std::uint16_t port = 0;
  const char* const end = digits.data() + digits.size();
  const auto read = std::from_chars(digits.data(), end, port);
  return read.ec == std::errc{} && read.ptr == end ? port : std::uint16_t{0};
}

std::string text_of(boost::core::string_view s) {
  return {s.data(), s.size()};
}

}  // namespace

std::string Url::origin() const {
  std::string out = scheme + "://";
  out += is_ipv6 ? '[' + host + ']' : host;
  if (port != default_port(scheme)) out += ':' + std::to_string(port);
  return out;
}

bool Url::is_loopback() const {
  if (host == "localhost" || host == "::1") return true;
  return host.starts_with("127.") && std::count(host.begin(), host.end(), '.') == 3 &&
         host.find_first_not_of("0123456789.") == std::string::npos;
}

Result<Url> parse_url(std::string_view text) {
  const Error bad{Code::kInvalid, "not a valid URL", {}};
  const auto parsed = boost::urls::parse_uri(boost::core::string_view(text.data(), text.size()));
  if (!parsed) return bad;
  const boost::urls::url_view& u = *parsed;
  Url url;
  url.scheme = lower(text_of(u.scheme()));
  url.is_ipv6 = u.host_type() == boost::urls::host_type::ipv6;
  url.host = lower(url.is_ipv6 ? text_of(u.encoded_host_address()) : text_of(u.encoded_host()));
  url.has_userinfo = u.has_userinfo();
  url.port = default_port(url.scheme);
  if (u.has_port() && !u.port().empty()) {
    url.port = parse_port(text_of(u.port()));
    if (url.port == 0) return bad;
    url.has_explicit_port = true;
  }
  url.path = text_of(u.encoded_path());
  // RFC 3986 §3.2: the path behind an authority is empty or begins with '/'. Boost 1.81 ends the
  // authority early instead and would take http://127.0.0.1.evil.example for a path on 127.0.0.1.
  if (u.has_authority() && !url.path.empty() && url.path.front() != '/') return bad;
  url.has_query = u.has_query();
  url.query = text_of(u.encoded_query());
  url.has_fragment = u.has_fragment();
  return url;
}

}  // namespace mcph
