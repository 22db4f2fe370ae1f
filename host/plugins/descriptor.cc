#include "plugins/descriptor.h"

#include <cstring>
#include <set>
#include <string_view>

#include "base/encoding.h"
#include "base/json.h"
#include "plugins/limits.h"

namespace mcph::plugins {
namespace {

// What these structs were in 1.0: a shorter one was not made with any released header.
constexpr std::size_t kPluginBytes = offsetof(mcph_plugin, extension) + sizeof(void*);
constexpr std::size_t kToolBytes = offsetof(mcph_tool, extra_json) + sizeof(void*);

Error refused(std::string why) {
  return Error{Code::kInvalid, std::move(why), {}};
}

Result<std::string> read_text(const char* text, const std::string& what) {
  if (text == nullptr) return std::string();
  const std::size_t size = strnlen(text, kTextBytesMax + 1);
  if (size > kTextBytesMax) return refused(what + " is longer than 64 KiB");
  std::string copy(text, size);
  if (!is_utf8(copy)) return refused(what + " is not UTF-8 (rule ABI-14)");
  return copy;
}

bool is_plugin_name(std::string_view name) {
  if (name.empty() || name.size() > 64) return false;
  return name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") == name.npos;
}

// MCP 2025-11-25, tool names.
bool is_tool_name(std::string_view name) {
  if (name.empty() || name.size() > kToolNameBytesMax) return false;
  for (const char c : name) {
    const bool fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '_' || c == '-' || c == '.';
    if (!fine) return false;
  }
  return true;
}

struct ReadSchema {
  std::string text;
  schema::Schema schema;
};

Result<ReadSchema> read_schema(const char* raw, const std::string& what, bool of_object) {
  const std::string text = TRY(read_text(raw, what));
  auto parsed = parse_json(text);
  if (!parsed.ok()) return refused(what + ": " + parsed.error().message);
  auto compiled = schema::Schema::compile(*parsed);
  if (!compiled.ok()) return refused(what + ": " + compiled.error().message);
  if (of_object && !compiled->wants_object()) return refused(what + " must have type object");
  return ReadSchema{to_json(*parsed), std::move(*compiled)};
}

Result<std::vector<std::string>> read_scopes(const char* raw, const std::string& what) {
  const std::string text = TRY(read_text(raw, what));
  std::vector<std::string> scopes;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string scope = text.substr(at, end - at);
    at = end + 1;
    if (scope.empty()) continue;
    for (const char c : scope) {  // RFC 6749 §3.3
      if (c < 0x21 || c == '"' || c == '\\' || c == 0x7f) return refused(what + " is not valid");
    }
    scopes.push_back(scope);
  }
  return scopes;
}

Result<ToolDescriptor> read_tool(const mcph_tool* tool, std::size_t index) {
  const std::string place = "tool " + std::to_string(index);
  if (tool == nullptr) return refused(place + " is missing (rule ABI-4)");
  if (tool->size < kToolBytes) return refused(place + " is shorter than in 1.0 (rule ABI-3)");
  const std::string name = TRY(read_text(tool->name, place + " name"));
  if (!is_tool_name(name)) {
    return refused(place + ": a name has 1 to 128 of A-Z a-z 0-9 _ - .");
  }
  const std::string what = "tool " + name + ": ";
  if (tool->call == nullptr) return refused(what + "has no handler");
  if ((tool->flags & MCPH_READ_ONLY) != 0 && (tool->flags & MCPH_DESTRUCTIVE) != 0) {
    return refused(what + "is read-only and destructive at once");
  }
  ReadSchema input = TRY(read_schema(tool->input_schema, what + "input schema", true));
  ToolDescriptor out{name,
                     TRY(read_text(tool->title, what + "title")),
                     TRY(read_text(tool->description, what + "description")),
                     tool->flags,
                     std::move(input.text),
                     {},
                     std::move(input.schema),
                     std::nullopt,
                     TRY(read_scopes(tool->scope, what + "scope")),
                     tool->call};
  if (tool->output_schema != nullptr) {
    ReadSchema output = TRY(read_schema(tool->output_schema, what + "output schema", true));
    out.output_text = std::move(output.text);
    out.output = std::move(output.schema);
  }
  return out;
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
  if (plugin->tool_count > kToolsMax) return refused("offers too many tools");
  if (plugin->tool_count > 0 && plugin->tools == nullptr) {
    return refused("counts tools it does not list (rule ABI-4)");
  }
  return Ok{};
}

}  // namespace

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
  std::set<std::string> names;
  for (std::uint32_t i = 0; i < plugin->tool_count; ++i) {
    out.tools.push_back(TRY(read_tool(plugin->tools[i], i)));
    if (!names.insert(out.tools.back().name).second) {
      return refused("offers tool " + out.tools.back().name + " twice");
    }
  }
  return out;
}

}  // namespace mcph::plugins
