#include "plugins/extension_table.h"

#include "plugins/call_extension.h"
#include "plugins/http_extension.h"
#include "plugins/instance.h"
#include "plugins/notify_extension.h"
#include "plugins/offer_extension.h"

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

// In the order of the ids.
constexpr Row kRows[] = {
    {MCPH_EXT_CALL, always<call_extension>},
    {MCPH_EXT_HTTP, always<http_extension>},
    {MCPH_EXT_NOTIFY, offer_notify},
    {MCPH_EXT_OFFER, always<offer_extension>},
};

}  // namespace

const void* find_extension(Instance& instance, std::string_view id) noexcept {
  for (const Row& row : kRows) {
    if (row.id == id) return row.offer(instance);
  }
  return nullptr;
}

}  // namespace mcph::plugins
