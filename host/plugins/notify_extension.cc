#include "plugins/notify_extension.h"

#include <algorithm>

#include "base/encoding.h"
#include "plugins/instance.h"

namespace mcph::plugins {
namespace {

using Kind = mcp::Announcement::Kind;

mcph_status announce(const mcph_host* host, Kind kind, std::string uri = {}) noexcept {
  if (host == nullptr) return MCPH_E_INVALID_ARGUMENT;
  static_cast<Instance*>(host->host_data)->parts().announcer.announce({kind, std::move(uri)});
  return MCPH_OK;
}

mcph_status tools_changed(const mcph_host* host) noexcept {
  return announce(host, Kind::kToolsChanged);
}
mcph_status prompts_changed(const mcph_host* host) noexcept {
  return announce(host, Kind::kPromptsChanged);
}
mcph_status resources_changed(const mcph_host* host) noexcept {
  return announce(host, Kind::kResourcesChanged);
}

bool offers(const Descriptor& descriptor, std::string_view uri) {
  return std::any_of(descriptor.resources.begin(), descriptor.resources.end(),
                     [uri](const ResourceDescriptor& resource) {
                       return resource.uri_template ? resource.uri_template->match(uri).has_value()
                                                    : resource.name == uri;
                     });
}

mcph_status resource_updated(const mcph_host* host, mcph_str raw) noexcept {
  if (host == nullptr || (raw.ptr == nullptr && raw.len > 0)) return MCPH_E_INVALID_ARGUMENT;
  if (raw.len > kUriBytesMax) return MCPH_E_LIMIT;
  const std::string_view uri(raw.ptr, raw.len);
  if (!is_utf8(uri)) return MCPH_E_INVALID_ARGUMENT;
  // Of its own only: nobody announces for another plugin.
  if (!offers(static_cast<Instance*>(host->host_data)->descriptor(), uri)) {
    return MCPH_E_NOT_FOUND;
  }
  return announce(host, Kind::kResourceUpdated, std::string(uri));
}

}  // namespace

const mcph_notify& notify_extension() noexcept {
  static constexpr mcph_notify kTable{
      sizeof(mcph_notify), 0, tools_changed, prompts_changed, resources_changed, resource_updated};
  return kTable;
}

}  // namespace mcph::plugins
