// How a plugin says it is. What it never reported is kOk.
#pragma once

#include <string>
#include <string_view>

namespace mcph::plugins {

enum class HealthState { kOk, kDegraded, kFailing };

struct PluginHealth {
  HealthState state = HealthState::kOk;
  std::string sentence;  // why; may be empty
};

constexpr std::string_view to_string(HealthState state) noexcept {
  switch (state) {
    case HealthState::kOk:
      return "ok";
    case HealthState::kDegraded:
      return "degraded";
    case HealthState::kFailing:
      break;
  }
  return "failing";
}

}  // namespace mcph::plugins
