#include "http/origin.h"

#include <algorithm>

#include "base/http_message.h"
#include "base/url.h"

namespace mcph::http {
namespace {

bool is_loopback_url(std::string_view text) {
  const auto url = parse_url(text);
  return url.ok() && url->is_loopback() && !url->has_userinfo;
}

}  // namespace

Result<OriginPolicy> OriginPolicy::create(std::string_view url,
                                          const std::vector<std::string>& extra) {
  OriginPolicy policy;
  std::vector<std::string> all{std::string(url)};
  all.insert(all.end(), extra.begin(), extra.end());
  for (const auto& text : all) {
    const auto parsed = parse_url(text);
    if (!parsed.ok() || parsed->host.empty() || parsed->has_userinfo) {
      return Error{Code::kInvalid, "not an http(s) origin: " + text, {}};
    }
    const std::string origin = parsed->origin();
    policy.origins_.push_back(origin);
    std::string authority = origin.substr(origin.find("://") + 3);
    // Clients may spell the default port out (RFC 9110 §4.2.3).
    const std::string with_port = (parsed->is_ipv6 ? '[' + parsed->host + ']' : parsed->host) +
                                  ':' + std::to_string(parsed->port);
    if (with_port != authority) policy.authorities_.push_back(with_port);
    policy.authorities_.push_back(std::move(authority));
  }
  policy.loopback_ = is_loopback_url(url);
  return policy;
}

OriginPolicy OriginPolicy::any_host() {
  OriginPolicy policy;
  policy.any_host_ = true;
  return policy;
}

bool OriginPolicy::allows_host(std::string_view host) const {
  if (any_host_) return true;
  for (const auto& authority : authorities_) {
    if (iequals(authority, host)) return true;
  }
  if (!loopback_ || host.find_first_of("/?#@") != std::string_view::npos) return false;
  return is_loopback_url("http://" + std::string(host));
}

bool OriginPolicy::allows_origin(std::string_view origin) const {
  for (const auto& own : origins_) {
    if (iequals(own, origin)) return true;
  }
  if (!loopback_) return false;
  const auto url = parse_url(origin);
  return url.ok() && url->is_loopback() && !url->has_userinfo && url->path.empty() &&
         !url->has_query && !url->has_fragment && (url->scheme == "http" || url->scheme == "https");
}

}  // namespace mcph::http
