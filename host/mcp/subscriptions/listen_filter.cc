#include "mcp/subscriptions/listen_filter.h"

#include <algorithm>
#include <optional>

#include "mcp/jsonrpc.h"
#include "mcp/limits.h"
#include "mcp/server_capabilities.h"
#include "mcp/uri_template.h"

namespace mcph::mcp {
namespace {

bool holds(const Caller& caller, const std::vector<std::string>& scopes) {
  return std::all_of(scopes.begin(), scopes.end(),
                     [&](const std::string& scope) { return caller.has_scope(scope); });
}

// A resource nobody offers yet may be heard of: its first word is that it is there.
bool may_read(const std::string& uri, const Offers& offers, const Caller& caller) {
  if (const Item* resource = offers.resources.find(uri)) return holds(caller, resource->scopes);
  return std::all_of(offers.templates.items.begin(), offers.templates.items.end(),
                     [&](const Item& item) {
                       if (holds(caller, item.scopes)) return true;
                       const auto pattern = UriTemplate::parse(item.name);
                       return !pattern.ok() || !pattern->match(uri).has_value();
                     });
}

void append_member(std::string& out, std::string_view name, std::string_view value) {
  if (out.size() > 1) out += ',';
  out.append("\"").append(name).append("\":").append(value);
}

std::string make_array(const std::vector<std::string>& strings) {
  std::string out = "[";
  for (const std::string& string : strings) {
    if (out.size() > 1) out += ',';
    append_json_string(out, string);
  }
  return out + ']';
}

void sort_each_once(std::vector<std::string>& strings) {
  std::sort(strings.begin(), strings.end());
  strings.erase(std::unique(strings.begin(), strings.end()), strings.end());
}

std::optional<Rejection> read_resources(const json::object& notifications, ListenFilter& filter) {
  const json::value* uris = find(notifications, "resourceSubscriptions");
  if (uris == nullptr || uris->is_null()) return std::nullopt;
  const json::array* list = uris->if_array();
  if (list == nullptr) return rejections::invalid_params("resourceSubscriptions must be an array");
  if (list->size() > limits::kSubscriptionsPerStreamMax) {
    return rejections::invalid_params("Too many resourceSubscriptions");
  }
  for (const json::value& uri : *list) {
    if (!uri.is_string() || uri.get_string().size() > limits::kUriBytesMax) {
      return rejections::invalid_params("resourceSubscriptions must be URIs");
    }
    filter.resources.emplace_back(view(uri.get_string()));
  }
  sort_each_once(filter.resources);
  return std::nullopt;
}

std::optional<Rejection> read_tasks(const json::object& notifications, ListenFilter& filter) {
  const json::value* ids = find(notifications, "taskIds");
  if (ids == nullptr) return std::nullopt;
  const json::array* list = ids->if_array();
  if (list == nullptr) return rejections::invalid_params("taskIds must be an array");
  if (list->size() > limits::kTasksPerStreamMax) {
    return rejections::invalid_params("Too many taskIds");
  }
  for (const json::value& id : *list) {
    if (!id.is_string()) return rejections::invalid_params("taskIds must be strings");
    filter.tasks.emplace_back(view(id.get_string()));
  }
  sort_each_once(filter.tasks);
  return std::nullopt;
}

}  // namespace

bool ListenFilter::matches(const Announcement& what) const {
  switch (what.kind) {
    case Announcement::Kind::kToolsChanged:
      return tools_changed;
    case Announcement::Kind::kPromptsChanged:
      return prompts_changed;
    case Announcement::Kind::kResourcesChanged:
      return resources_changed;
    case Announcement::Kind::kResourceUpdated:
      break;
  }
  return std::binary_search(resources.begin(), resources.end(), what.uri);
}

std::string ListenFilter::to_json() const {
  std::string out = "{";
  if (tools_changed) append_member(out, "toolsListChanged", "true");
  if (prompts_changed) append_member(out, "promptsListChanged", "true");
  if (resources_changed) append_member(out, "resourcesListChanged", "true");
  if (!resources.empty()) append_member(out, "resourceSubscriptions", make_array(resources));
  if (!tasks.empty()) append_member(out, "taskIds", make_array(tasks));
  out += '}';
  return out;
}

std::variant<ListenFilter, Rejection> read_listen_filter(const json::object& notifications) {
  ListenFilter filter;
  filter.tools_changed = find_bool(notifications, "toolsListChanged").value_or(false);
  filter.prompts_changed = find_bool(notifications, "promptsListChanged").value_or(false);
  filter.resources_changed = find_bool(notifications, "resourcesListChanged").value_or(false);
  if (const auto refused = read_resources(notifications, filter)) return *refused;
  if (const auto refused = read_tasks(notifications, filter)) return *refused;
  return filter;
}

ListenFilter honour(ListenFilter asked, const Offers& offers, const Caller& caller) {
  const bool resources_change = offers.announces && offers_resources(offers);
  asked.tools_changed &= offers.announces;
  asked.prompts_changed &= offers.announces && offers_prompts(offers);
  asked.resources_changed &= resources_change;
  if (!resources_change) asked.resources.clear();
  std::erase_if(asked.resources,
                [&](const std::string& uri) { return !may_read(uri, offers, caller); });
  return asked;
}

}  // namespace mcph::mcp
