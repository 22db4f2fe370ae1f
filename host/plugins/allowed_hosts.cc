#include "plugins/allowed_hosts.h"

#include <algorithm>

namespace mcph::plugins {

Result<AllowedHosts> AllowedHosts::parse(const std::vector<std::string>& entries) {
  AllowedHosts out;
  for (const std::string& entry : entries) {
    const bool has_scheme = entry.find("://") != entry.npos;
    auto url = parse_url(has_scheme ? entry : "https://" + entry);
    const bool fine = url.ok() && (url->scheme == "https" || url->scheme == "http") &&
                      !url->host.empty() && !url->has_userinfo && !url->has_query &&
                      !url->has_fragment && (url->path.empty() || url->path == "/");
    if (!fine) return Error{Code::kInvalid, "allowed_hosts: \"" + entry + "\" is no origin", {}};
    out.origins_.push_back(url->origin());
    if (!has_scheme && url->is_loopback()) {
      out.origins_.push_back(TRY(parse_url("http://" + entry)).origin());
    }
  }
  return out;
}

bool AllowedHosts::allows(const Url& url) const {
  return std::find(origins_.begin(), origins_.end(), url.origin()) != origins_.end();
}

}  // namespace mcph::plugins
