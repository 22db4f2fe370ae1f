#include "plugins/task_extension.h"

#include "plugins/instance.h"
#include "plugins/limits.h"

namespace mcph::plugins {
namespace {

mcph_status post(const mcph_host* host, std::uint64_t delay_ms, mcph_task_run run, void* user,
                 std::uint64_t* id) noexcept {
  if (host == nullptr || run == nullptr) return MCPH_E_INVALID_ARGUMENT;
  if (delay_ms > static_cast<std::uint64_t>(kPostedWorkDelayMax.count())) return MCPH_E_LIMIT;
  auto& instance = *static_cast<Instance*>(host->host_data);
  mcph_status refused = MCPH_OK;
  const Milliseconds delay{static_cast<std::int64_t>(delay_ms)};
  const std::uint64_t made = instance.posted_work().post(instance, delay, run, user, refused);
  if (made == 0) return refused;
  if (id != nullptr) *id = made;
  return MCPH_OK;
}

mcph_status cancel(const mcph_host* host, std::uint64_t id) noexcept {
  if (host == nullptr) return MCPH_E_INVALID_ARGUMENT;
  auto& work = static_cast<Instance*>(host->host_data)->posted_work();
  return work.cancel(id) ? MCPH_OK : MCPH_E_NOT_FOUND;
}

}  // namespace

const mcph_task& task_extension() noexcept {
  static constexpr mcph_task kTable{sizeof(mcph_task), 0, post, cancel};
  return kTable;
}

}  // namespace mcph::plugins
