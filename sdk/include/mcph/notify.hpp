// mcph/notify.hpp - tells all clients that something has changed, for plugin authors in C++. Make
// one in the plugin's constructor. Thread-safe.
#pragma once

#include <string_view>

#include "mcph/call.hpp"
#include "mcph/ext/notify.h"

namespace mcph {

class Notify {
 public:
  explicit Notify(const mcph_host* host)
      : host_(host),
        api_(static_cast<const mcph_notify*>(host->extension(host, MCPH_EXT_NOTIFY))) {}

  // Nothing happens with a host that offers no notifications.
  void tools_changed() const noexcept {
    if (api_ != nullptr) api_->tools_changed(host_);
  }
  void prompts_changed() const noexcept {
    if (api_ != nullptr) api_->prompts_changed(host_);
  }
  void resources_changed() const noexcept {
    if (api_ != nullptr) api_->resources_changed(host_);
  }
  void resource_updated(std::string_view uri) const noexcept {
    if (api_ != nullptr) api_->resource_updated(host_, str(uri));
  }

 private:
  const mcph_host* host_;
  const mcph_notify* api_;
};

}  // namespace mcph
