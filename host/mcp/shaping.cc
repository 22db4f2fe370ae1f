#include "mcp/shaping.h"

#include "base/json.h"

namespace mcph::mcp {
namespace {

bool contains(std::string_view text, std::string_view part) noexcept {
  return text.find(part) != std::string_view::npos;
}

// What newer revisions added is rare, so most definitions need not be parsed.
bool may_be_too_new(std::string_view definition, Version version) noexcept {
  if (version < Version::k2025_06_18) return true;
  if (contains(definition, R"("execution")")) return true;
  if (version < kModern && contains(definition, R"("outputSchema")")) return true;
  return version < Version::k2025_11_25 && contains(definition, R"("icons")");
}

bool has_object_root(const json::value& schema) {
  const json::object* object = schema.if_object();
  return object != nullptr && find_string(*object, "type") == "object";
}

bool knows(Version version, ListKind kind, std::string_view member, const json::value& value) {
  if (member == "icons") return version >= Version::k2025_11_25;
  if (member == "title" || member == "_meta") return version >= Version::k2025_06_18;
  if (kind != ListKind::kTools) return true;
  if (member == "execution") return false;  // tasks of 2025-11-25, which are not advertised
  if (member == "annotations") return version >= Version::k2025_03_26;
  if (member == "outputSchema") {
    if (version >= kModern) return true;
    // Before 2026-07-28 only an object could be structured content.
    return version >= Version::k2025_06_18 && has_object_root(value);
  }
  return true;
}

// `title` came to the arguments of prompts when it came to everything else.
bool remove_argument_titles(json::object& prompt) {
  json::value* arguments = prompt.if_contains("arguments");
  json::array* list = arguments != nullptr ? arguments->if_array() : nullptr;
  if (list == nullptr) return false;
  bool removed = false;
  for (json::value& argument : *list) {
    json::object* object = argument.if_object();
    if (object != nullptr && object->erase("title") > 0) removed = true;
  }
  return removed;
}

std::string make_link_text(const json::object& link) {
  std::string text;
  const std::string_view uri = find_string(link, "uri").value_or("");
  const std::string_view name = find_string(link, "name").value_or("");
  text.append(name).append(name.empty() ? "" : ": ").append(uri);
  return text;
}

std::string make_audio_text(const json::object& audio) {
  return "[audio, " + std::string(find_string(audio, "mimeType").value_or("of an unknown type")) +
         ", which this client cannot be sent]";
}

bool may_have_new_blocks(std::string_view content, Version version) noexcept {
  if (version >= Version::k2025_06_18) return false;
  if (contains(content, "resource_link")) return true;
  return version < Version::k2025_03_26 && contains(content, "audio");
}

void shape_block(json::value& block, Version version) {
  const json::object* object = block.if_object();
  if (object == nullptr) return;
  const auto type = find_string(*object, "type");
  std::string text;
  if (type == "resource_link") {
    text = make_link_text(*object);
  } else if (type == "audio" && version < Version::k2025_03_26) {
    text = make_audio_text(*object);
  } else {
    return;
  }
  block = json::object{{"type", "text"}, {"text", std::move(text)}};
}

}  // namespace

std::string shape_definition(std::string_view definition, ListKind kind, Version version) {
  if (!may_be_too_new(definition, version)) return std::string(definition);
  const Result<json::value> parsed = parse_json(definition);
  const json::object* whole = parsed.ok() ? parsed->if_object() : nullptr;
  if (whole == nullptr) return std::string(definition);
  json::object kept;
  for (const auto& member : *whole) {
    const std::string_view key(member.key().data(), member.key().size());
    if (knows(version, kind, key, member.value())) kept.emplace(member.key(), member.value());
  }
  const bool old_prompt = kind == ListKind::kPrompts && version < Version::k2025_06_18;
  const bool cut = old_prompt && remove_argument_titles(kept);
  if (!cut && kept.size() == whole->size()) return std::string(definition);
  return to_json(json::value(std::move(kept)));
}

std::string shape_content(std::string content, Version version) {
  if (!may_have_new_blocks(content, version)) return content;
  Result<json::value> parsed = parse_json(content);
  json::array* blocks = parsed.ok() ? parsed->if_array() : nullptr;
  if (blocks == nullptr) return content;
  for (json::value& block : *blocks) shape_block(block, version);
  return to_json(*parsed);
}

std::string shape_messages(std::string messages, Version version) {
  if (!may_have_new_blocks(messages, version)) return messages;
  Result<json::value> parsed = parse_json(messages);
  json::array* list = parsed.ok() ? parsed->if_array() : nullptr;
  if (list == nullptr) return messages;
  for (json::value& message : *list) {
    json::object* object = message.if_object();
    json::value* content = object != nullptr ? object->if_contains("content") : nullptr;
    if (content != nullptr) shape_block(*content, version);
  }
  return to_json(*parsed);
}

bool knows_structured(std::string_view structured, Version version) noexcept {
  const std::size_t first = structured.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || version < Version::k2025_06_18) return false;
  return version >= kModern || structured[first] == '{';
}

}  // namespace mcph::mcp
