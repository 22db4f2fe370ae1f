#include "oauth/redirect_uri.h"

#include <algorithm>

#include "base/url.h"

namespace mcph::oauth {
namespace {

// Longest URI any browser handles well, and what fits into a Location header with a code.
constexpr std::size_t kRedirectUriBytesMax = 2048;

Error refuse(std::string why) {
  return Error{Code::kInvalid, std::move(why), {}};
}

bool is_visible_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

bool is_application_scheme(const Settings& settings, std::string_view scheme) {
  // A dot makes it a reverse domain name, so nobody else's and no scheme a browser interprets.
  if (scheme.find('.') != std::string_view::npos) return true;
  const auto& listed = settings.redirect_schemes;
  return std::find(listed.begin(), listed.end(), scheme) != listed.end();
}

bool port_may_differ(const Client& client, const Url& url) {
  if (url.scheme != "http" || !url.is_loopback()) return false;
  return url.host != "localhost" || client.application_type == "native";
}

}  // namespace

Result<> check_redirect_uri(const Settings& settings, std::string_view uri) {
  if (uri.empty() || uri.size() > kRedirectUriBytesMax) {
    return refuse("a redirect URI must have 1 to 2048 characters");
  }
  if (!is_visible_ascii(uri)) return refuse("a redirect URI must be ASCII without spaces");
  const auto url = parse_url(uri);
  if (!url.ok()) return refuse("a redirect URI must be an absolute URI");
  if (url->has_fragment) return refuse("a redirect URI must not have a fragment");
  if (url->has_userinfo) return refuse("a redirect URI must not have user information");
  if (url->scheme == "https" || url->scheme == "http") {
    if (url->host.empty() || url->host.find_first_of("*%") != std::string::npos) {
      return refuse("a redirect URI must name one host");
    }
    // OAuth 2.1 §1.5: in the clear only where the network is not involved.
    if (url->scheme == "http" && !url->is_loopback()) {
      return refuse("a redirect URI must use https, or http on a loopback address");
    }
    return Ok{};
  }
  if (!is_application_scheme(settings, url->scheme)) {
    return refuse("the scheme of a redirect URI is not allowed");
  }
  return Ok{};
}

bool is_registered_redirect(const Client& client, std::string_view uri) {
  const auto& registered = client.redirect_uris;
  if (std::find(registered.begin(), registered.end(), uri) != registered.end()) return true;
  if (!is_visible_ascii(uri)) return false;
  const auto asked = parse_url(uri);
  if (!asked.ok() || asked->has_userinfo || asked->has_fragment) return false;
  if (!port_may_differ(client, *asked)) return false;
  return std::any_of(registered.begin(), registered.end(), [&asked](const std::string& text) {
    const auto known = parse_url(text);
    return known.ok() && known->scheme == "http" && known->host == asked->host &&
           known->path == asked->path && known->has_query == asked->has_query &&
           known->query == asked->query;
  });
}

RedirectTarget describe_redirect(std::string_view uri) {
  const auto url = parse_url(uri);
  if (!url.ok()) return {};
  if (url->scheme != "http" && url->scheme != "https") {
    return {RedirectTarget::Kind::kApplication, url->scheme};
  }
  const auto kind =
      url->is_loopback() ? RedirectTarget::Kind::kLoopback : RedirectTarget::Kind::kWeb;
  return {kind, url->is_ipv6 ? '[' + url->host + ']' : url->host};
}

std::string append_query(std::string_view uri, std::string_view parameters) {
  std::string out(uri);
  const bool has_query = uri.find('?') != std::string_view::npos;
  if (!has_query)
    out += '?';
  else if (!out.ends_with('?') && !out.ends_with('&'))
    out += '&';
  out.append(parameters);
  return out;
}

}  // namespace mcph::oauth
