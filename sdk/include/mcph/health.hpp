// mcph/health.hpp - how the plugin is, for plugin authors in C++. Thread-safe.
#pragma once

#include <cstdint>
#include <string_view>

#include "mcph/call.hpp"
#include "mcph/ext/health.h"

namespace mcph {

class Health {
 public:
  explicit Health(const mcph_host* host)
      : host_(host),
        api_(static_cast<const mcph_health*>(host->extension(host, MCPH_EXT_HEALTH))) {}

  void ok() const noexcept { report(MCPH_HEALTH_OK, {}); }
  void degraded(std::string_view why) const noexcept { report(MCPH_HEALTH_DEGRADED, why); }
  void failing(std::string_view why) const noexcept { report(MCPH_HEALTH_FAILING, why); }

 private:
  void report(std::uint32_t state, std::string_view why) const noexcept {
    if (api_ != nullptr) api_->report(host_, state, str(why));
  }

  const mcph_host* host_;
  const mcph_health* api_;
};

}  // namespace mcph
