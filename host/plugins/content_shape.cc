#include "plugins/content_shape.h"

#include <algorithm>

#include "base/encoding.h"
#include "base/url.h"
#include "plugins/json_scan.h"
#include "plugins/limits.h"

namespace mcph::plugins {
namespace {

bool is_bytes(const json::object& object, std::string_view name) {
  const auto text = find_string(object, name);
  return text && from_base64(*text).has_value();
}

bool is_uri(const json::object& object) {
  const auto uri = find_string(object, "uri");
  return uri && uri->size() <= kUriBytesMax && parse_url(*uri).ok();
}

// Optional members.
bool is_text_or_absent(const json::object& object, std::string_view name) {
  return !object.contains(name) || find_string(object, name).has_value();
}
bool is_object_or_absent(const json::object& object, std::string_view name) {
  return !object.contains(name) || find_object(object, name) != nullptr;
}

Complaint check_embedded(const json::object& block) {
  const json::object* resource = find_object(block, "resource");
  if (resource == nullptr) return "a resource block without resource";
  return check_resource_contents(*resource);
}

}  // namespace

Complaint check_resource_contents(const json::object& contents) {
  if (!is_uri(contents)) return "resource contents without a valid uri";
  if (!is_text_or_absent(contents, "mimeType")) return "a mimeType that is no text";
  if (!is_object_or_absent(contents, "_meta")) return "a _meta that is no object";
  const bool text = contents.contains("text"), blob = contents.contains("blob");
  if (text == blob) return "resource contents need one of text and blob";
  if (text && !find_string(contents, "text")) return "a text that is no text";
  if (blob && !is_bytes(contents, "blob")) return "a blob that is not base64";
  return std::nullopt;
}

Complaint check_content_block(const json::object& block) {
  const std::string_view type = find_string(block, "type").value_or("");
  if (!is_object_or_absent(block, "annotations")) return "annotations that are no object";
  if (!is_object_or_absent(block, "_meta")) return "a _meta that is no object";
  if (type == "text") {
    if (!find_string(block, "text")) return "a text block without text";
  } else if (type == "image" || type == "audio") {
    if (!find_string(block, "mimeType")) return "an image or audio block without mimeType";
    if (!is_bytes(block, "data")) return "an image or audio block whose data is not base64";
  } else if (type == "resource") {
    return check_embedded(block);
  } else if (type == "resource_link") {
    if (!is_uri(block) || !find_string(block, "name")) return "a resource_link without uri or name";
  } else {
    return "content() with what is no content block";
  }
  return std::nullopt;
}

Complaint check_prompt_message(const json::object& message) {
  const std::string_view role = find_string(message, "role").value_or("");
  if (role != "user" && role != "assistant") return "a message whose role is not user or assistant";
  const json::object* content = find_object(message, "content");
  if (content == nullptr) return "a message without content";
  return check_content_block(*content);
}

Complaint check_completion(const json::object& completion) {
  const json::array* values = find_array(completion, "values");
  if (values == nullptr) return "a completion without values";
  if (values->size() > kCompletionValuesMax) return "a completion with more than 100 values";
  if (!std::all_of(values->begin(), values->end(), [](const auto& v) { return v.is_string(); })) {
    return "a completion whose values are no texts";
  }
  if (completion.contains("total") && find_int(completion, "total").value_or(-1) < 0) {
    return "a completion whose total is no number";
  }
  if (completion.contains("hasMore") && !find_bool(completion, "hasMore")) {
    return "a completion whose hasMore is neither true nor false";
  }
  return std::nullopt;
}

Complaint check_content(mcp::Action action, std::string_view text) {
  const auto scanned = scan_json_object(text);
  if (!scanned) return "content() with what is no JSON object";
  // By far the most frequent answer, and there is nothing else in it.
  const bool plain = scanned->type == "text" && scanned->has_text && scanned->members == 2;
  if (plain && action == mcp::Action::kCallTool) return std::nullopt;
  const auto parsed = parse_json(text);
  if (!parsed.ok()) return "content() that cannot be read";
  switch (action) {
    case mcp::Action::kCallTool:
      return check_content_block(parsed->get_object());
    case mcp::Action::kReadResource:
      return check_resource_contents(parsed->get_object());
    case mcp::Action::kGetPrompt:
      return check_prompt_message(parsed->get_object());
    default:
      return "content() of a completion";
  }
}

}  // namespace mcph::plugins
