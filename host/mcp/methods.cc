#include "mcp/methods.h"

#include "mcp/tasks/task_methods.h"

namespace mcph::mcp {
namespace {

constexpr MethodEntry kModernMethods[] = {
    {"tools/call", "name", call_tool},
    {"tools/list", "", list_tools},
    {"resources/read", "uri", read_resource},
    {"resources/list", "", list_resources},
    {"resources/templates/list", "", list_resource_templates},
    {"prompts/get", "name", get_prompt},
    {"prompts/list", "", list_prompts},
    {"completion/complete", "", complete},
    {"server/discover", "", discover},
    {"tasks/get", "taskId", get_task},
    {"tasks/update", "taskId", update_task},
    {"tasks/cancel", "taskId", cancel_task},
    {"subscriptions/listen", "", listen},
};

// `initialize` is not among them: it makes the session that these need.
constexpr MethodEntry kLegacyMethods[] = {
    {"tools/call", "", call_tool},
    {"tools/list", "", list_tools},
    {"resources/read", "", read_resource},
    {"resources/list", "", list_resources},
    {"resources/templates/list", "", list_resource_templates},
    {"prompts/get", "", get_prompt},
    {"prompts/list", "", list_prompts},
    {"completion/complete", "", complete},
    {"ping", "", ping},
    {"logging/setLevel", "", set_log_level},
    {"resources/subscribe", "", subscribe_resource},
    {"resources/unsubscribe", "", unsubscribe_resource},
};

template <std::size_t N>
const MethodEntry* find_in(const MethodEntry (&table)[N], std::string_view name) noexcept {
  for (const MethodEntry& method : table) {
    if (method.name == name) return &method;
  }
  return nullptr;
}

}  // namespace

const MethodEntry* find_modern_method(std::string_view name) noexcept {
  return find_in(kModernMethods, name);
}

const MethodEntry* find_legacy_method(std::string_view name) noexcept {
  return find_in(kLegacyMethods, name);
}

}  // namespace mcph::mcp
