#include "plugins/descriptor.h"

#include <set>
#include <string_view>

#include "mcph/ext/complete.h"
#include "mcph/ext/scopes.h"
#include "plugins/descriptor_parts.h"
#include "plugins/limits.h"

namespace mcph::plugins {
namespace {

// What these structs were in 1.0: a shorter one was not made with any released header.
constexpr std::size_t kPluginBytes = offsetof(mcph_plugin, extension) + sizeof(void*);
constexpr std::size_t kScopesBytes = offsetof(mcph_scopes, words_json) + sizeof(void*);
constexpr std::size_t kCompleteBytes = offsetof(mcph_complete, complete) + sizeof(void*);

Result<> check_list(std::uint32_t count, const void* list, std::size_t max,
                    const std::string& kind) {
  if (count > max) return refused("offers too many " + kind);
  if (count > 0 && list == nullptr) {
    return refused("counts " + kind + " it does not list (rule ABI-4)");
  }
  return Ok{};
}

Result<> check_plugin(const mcph_plugin* plugin) {
  if (plugin == nullptr) return refused("the entry function returned nothing (rule ABI-1)");
  if (plugin->size < kPluginBytes) {
    return refused("its descriptor is shorter than in 1.0 (rule ABI-3)");
  }
  if (plugin->host_minor_min > MCPH_ABI_MINOR) {
    return refused("needs host ABI 1." + std::to_string(plugin->host_minor_min) + ", this is 1." +
                   std::to_string(MCPH_ABI_MINOR) + " (rule ABI-2)");
  }
  if (plugin->start == nullptr || plugin->stop == nullptr) {
    return refused("start or stop is missing (rule ABI-11)");
  }
  TRY(check_list(plugin->tool_count, plugin->tools, kToolsMax, "tools"));
  TRY(check_list(plugin->resource_count, plugin->resources, kResourcesMax, "resources"));
  return check_list(plugin->prompt_count, plugin->prompts, kPromptsMax, "prompts");
}

// Reads `count` elements of one kind; no two may have one name.
template <class Raw, class Read>
Result<> read_list(const Raw* const* list, std::uint32_t count, Read read, const char* kind,
                   auto& out, std::size_t& slots) {
  std::set<std::string> names;
  for (std::uint32_t i = 0; i < count; ++i) {
    auto one = TRY(read(list[i], i));
    one.slot = slots++;
    if (!names.insert(one.name).second) {
      return refused("offers " + std::string(kind) + " " + one.name + " twice");
    }
    out.push_back(std::move(one));
  }
  return Ok{};
}

Result<std::optional<Handler>> read_complete(const mcph_plugin* plugin) {
  if (plugin->extension == nullptr) return std::optional<Handler>();
  const auto* table = static_cast<const mcph_complete*>(plugin->extension(MCPH_EXT_COMPLETE));
  if (table == nullptr) return std::optional<Handler>();
  if (table->size < kCompleteBytes) {
    return refused("its " MCPH_EXT_COMPLETE " is shorter than in 1.0 (rule ABI-3)");
  }
  if (table->complete == nullptr) return refused("its " MCPH_EXT_COMPLETE " has no handler");
  Handler complete;
  complete.name = "complete";
  complete.flags =
      (table->flags & (MCPH_NEEDS_UPSTREAM | MCPH_NEVER_BLOCKS)) | MCPH_READ_ONLY | MCPH_IDEMPOTENT;
  complete.function = table->complete;
  return std::optional<Handler>(std::move(complete));
}

using ScopeWords = std::map<std::string, std::string>;

Result<ScopeWords> read_scopes(const mcph_plugin* plugin) {
  if (plugin->extension == nullptr) return ScopeWords();
  const auto* table = static_cast<const mcph_scopes*>(plugin->extension(MCPH_EXT_SCOPES));
  if (table == nullptr) return ScopeWords();
  if (table->size < kScopesBytes) {
    return refused("its " MCPH_EXT_SCOPES " is shorter than in its first revision (rule ABI-3)");
  }
  return read_scope_words(table->words_json);
}

}  // namespace

bool is_plugin_name(std::string_view name) {
  if (name.empty() || name.size() > 64) return false;
  return name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") == name.npos;
}

Result<Descriptor> read_descriptor(const mcph_plugin* plugin) {
  TRY(check_plugin(plugin));
  Descriptor out;
  out.plugin = plugin;
  out.name = TRY(read_text(plugin->name, "name"));
  if (!is_plugin_name(out.name)) return refused("a plugin's name has 1 to 64 of a-z 0-9 _ -");
  out.version = TRY(read_text(plugin->version, "version"));
  out.description = TRY(read_text(plugin->description, "description"));
  if (plugin->config_schema != nullptr) {
    out.config = std::move(TRY(read_schema(plugin->config_schema, "config schema", false)).schema);
  }
  std::size_t& slots = out.handler_count;
  TRY(read_list(plugin->tools, plugin->tool_count, read_tool, "tool", out.tools, slots));
  TRY(read_list(plugin->resources, plugin->resource_count, read_resource, "resource", out.resources,
                slots));
  TRY(read_list(plugin->prompts, plugin->prompt_count, read_prompt, "prompt", out.prompts, slots));
  out.complete = TRY(read_complete(plugin));
  if (out.complete) out.complete->slot = slots++;
  out.scope_words = TRY(read_scopes(plugin));
  return out;
}

Result<Offered> read_offer(const Descriptor& described, const mcph_offer& offer) {
  TRY(check_list(offer.tool_count, offer.tools, kToolsMax - described.tools.size(), "tools"));
  Offered out;
  std::size_t slots = described.handler_count;
  TRY(read_list(offer.tools, offer.tool_count, read_tool, "tool", out.tools, slots));
  for (const ToolDescriptor& tool : described.tools) {
    for (const ToolDescriptor& other : out.tools) {
      if (other.name == tool.name) return refused("offers tool " + tool.name + " twice");
    }
  }
  if (offer.scope_words_json != nullptr) {
    out.scope_words = TRY(read_scope_words(offer.scope_words_json));
  }
  return out;
}

void add_offer(Descriptor& described, Offered offered) {
  described.handler_count += offered.tools.size();
  for (ToolDescriptor& tool : offered.tools) described.tools.push_back(std::move(tool));
  described.scope_words.merge(offered.scope_words);
}

}  // namespace mcph::plugins
