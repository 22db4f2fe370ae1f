#include "mcp/shaping.h"

#include "base/json.h"

namespace mcph::mcp {
namespace {

bool has_object_root(const json::value& schema) {
  const json::object* object = schema.if_object();
  return object != nullptr && find_string(*object, "type") == "object";
}

bool knows(Version version, std::string_view member, const json::value& value) {
  if (member == "execution") return false;  // tasks, which this host does not advertise
  if (member == "icons") return version >= Version::k2025_11_25;
  if (member == "title" || member == "_meta") return version >= Version::k2025_06_18;
  if (member == "outputSchema") {
    if (version >= kModern) return true;
    // Before 2026-07-28 only an object could be structured content.
    return version >= Version::k2025_06_18 && has_object_root(value);
  }
  return true;
}

std::string make_link_text(const json::object& link) {
  std::string text;
  const std::string_view uri = find_string(link, "uri").value_or("");
  const std::string_view name = find_string(link, "name").value_or("");
  text.append(name).append(name.empty() ? "" : ": ").append(uri);
  return text;
}

}  // namespace

std::string shape_tool(std::string_view definition, Version version) {
  const Result<json::value> parsed = parse_json(definition);
  const json::object* tool = parsed.ok() ? parsed->if_object() : nullptr;
  if (tool == nullptr) return std::string(definition);
  json::object kept;
  for (const auto& member : *tool) {
    const std::string_view key(member.key().data(), member.key().size());
    if (knows(version, key, member.value())) kept.emplace(member.key(), member.value());
  }
  if (kept.size() == tool->size()) return std::string(definition);
  return to_json(json::value(std::move(kept)));
}

std::string shape_content(std::string content, Version version) {
  if (version >= Version::k2025_06_18 || content.find("resource_link") == std::string::npos) {
    return content;
  }
  Result<json::value> parsed = parse_json(content);
  json::array* blocks = parsed.ok() ? parsed->if_array() : nullptr;
  if (blocks == nullptr) return content;
  for (json::value& block : *blocks) {
    const json::object* object = block.if_object();
    if (object == nullptr || find_string(*object, "type") != "resource_link") continue;
    block = json::object{{"type", "text"}, {"text", make_link_text(*object)}};
  }
  return to_json(*parsed);
}

}  // namespace mcph::mcp
