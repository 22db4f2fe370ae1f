#include "plugins/health_extension.h"

#include "base/encoding.h"
#include "plugins/borrowed.h"
#include "plugins/instance.h"
#include "plugins/limits.h"

namespace mcph::plugins {
namespace {

mcph_status report(const mcph_host* host, std::uint32_t state, mcph_str sentence) noexcept {
  if (host == nullptr) return MCPH_E_INVALID_ARGUMENT;
  const std::string_view why = view(sentence);
  if (why.size() > kHealthSentenceBytesMax) return MCPH_E_LIMIT;
  if (!is_utf8(why)) return MCPH_E_INVALID_ARGUMENT;
  // A number this host does not know is not "ok" (ABI-9: plugins may get new ones).
  const HealthState known = state == MCPH_HEALTH_OK        ? HealthState::kOk
                            : state == MCPH_HEALTH_FAILING ? HealthState::kFailing
                                                           : HealthState::kDegraded;
  static_cast<Instance*>(host->host_data)->set_health({known, std::string(why)});
  return MCPH_OK;
}

}  // namespace

const mcph_health& health_extension() noexcept {
  static constexpr mcph_health kTable{sizeof(mcph_health), 0, report};
  return kTable;
}

}  // namespace mcph::plugins
