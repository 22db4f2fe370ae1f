#include "plugins/extension_table.h"

#include "plugins/call_extension.h"
#include "plugins/health_extension.h"
#include "plugins/http_extension.h"
#include "plugins/instance.h"
#include "plugins/kv_extension.h"
#include "plugins/metrics_extension.h"
#include "plugins/notify_extension.h"
#include "plugins/offer_extension.h"
#include "plugins/secret_extension.h"
#include "plugins/task_extension.h"
#include "plugins/trace_extension.h"

namespace mcph::plugins {
namespace {

struct Row {
  std::string_view id;
  const void* (*offer)(Instance& asked_by) noexcept;
};

template <auto Table>
const void* always(Instance&) noexcept {
  return &Table();
}

// Who asks for it lets clients subscribe.
const void* offer_notify(Instance& asked_by) noexcept {
  asked_by.set_announces();
  return &notify_extension();
}

// Where there is nothing to keep entries in, plugins hear so and live without.
const void* offer_kv(Instance& asked_by) noexcept {
  return asked_by.parts().kv != nullptr ? &kv_extension() : nullptr;
}
const void* offer_metrics(Instance& asked_by) noexcept {
  return asked_by.parts().metrics != nullptr ? &metrics_extension() : nullptr;
}

// In the order of the ids, one a line.
// clang-format off
constexpr Row kRows[] = {
    {MCPH_EXT_CALL, always<call_extension>},
    {MCPH_EXT_HEALTH, always<health_extension>},
    {MCPH_EXT_HTTP, always<http_extension>},
    {MCPH_EXT_KV, offer_kv},
    {MCPH_EXT_METRICS, offer_metrics},
    {MCPH_EXT_NOTIFY, offer_notify},
    {MCPH_EXT_OFFER, always<offer_extension>},
    {MCPH_EXT_SECRET, always<secret_extension>},
    {MCPH_EXT_TASK, always<task_extension>},
    {MCPH_EXT_TRACE, always<trace_extension>},
};
// clang-format on

}  // namespace

const void* find_extension(Instance& instance, std::string_view id) noexcept {
  for (const Row& row : kRows) {
    if (row.id == id) return row.offer(instance);
  }
  return nullptr;
}

}  // namespace mcph::plugins
