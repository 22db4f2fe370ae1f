// Where a plugin may send requests. An exact list of origins: no patterns, no address ranges, so
// that reading it in the configuration is enough to know it. Immutable.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "base/url.h"

namespace mcph::plugins {

class AllowedHosts {
 public:
  // Entries as in PluginSettings::allowed_hosts. kInvalid for one that is no origin.
  static Result<AllowedHosts> parse(const std::vector<std::string>& entries);
  bool allows(const Url& url) const;

 private:
  std::vector<std::string> origins_;
};

}  // namespace mcph::plugins
