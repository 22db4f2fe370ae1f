#include "mcp/call_results.h"

#include <utility>

#include "mcp/limits.h"
#include "mcp/shaping.h"

namespace mcph::mcp {
namespace {

void append_end(std::string& body, Version version, const std::string& modern_end) {
  body += version == kModern ? std::string_view(modern_end) : std::string_view("}");
  body += '}';
}

// MCP, tools: structured content SHOULD be there as text too, for those who do not know it.
bool lacks_mirror(const Outcome& outcome) {
  return outcome.content == "[]" && !outcome.structured.empty();
}

std::string make_list_result(const JsonToken& id, std::string_view member, std::string list,
                             Version version, const std::string& modern_end) {
  std::string body;
  body.reserve(list.size() + 320);
  append_result_head(body, id);
  body += R"({")";
  body += member;
  body += R"(":)";
  body += list;
  append_end(body, version, modern_end);
  return body;
}

// MCP, completion: at most 100 values, and whether there are more.
bool append_completion(std::string& out, const json::object& completion) {
  const json::array* values = find_array(completion, "values");
  if (values == nullptr) return false;
  out += R"({"values":[)";
  std::size_t shown = 0;
  for (const json::value& value : *values) {
    if (!value.is_string()) return false;
    if (shown == limits::kCompletionValuesMax) break;
    if (shown++ > 0) out += ',';
    append_json_string(out, view(value.get_string()));
  }
  out += ']';
  if (const auto total = find_int(completion, "total"); total.has_value() && *total >= 0) {
    out += R"(,"total":)" + std::to_string(*total);
  }
  if (shown < values->size() || find_bool(completion, "hasMore").value_or(false)) {
    out += R"(,"hasMore":true)";
  }
  out += '}';
  return true;
}

}  // namespace

std::string make_text_block(std::string_view text) {
  std::string block = R"([{"type":"text","text":)";
  append_json_string(block, text);
  block += "}]";
  return block;
}

void append_tool_result(std::string& out, Outcome&& outcome, Version version) {
  if (lacks_mirror(outcome)) outcome.content = make_text_block(outcome.structured);
  out += R"({"content":)";
  out += shape_content(std::move(outcome.content), version);
  if (knows_structured(outcome.structured, version)) {
    out += R"(,"structuredContent":)";
    out += outcome.structured;
  }
  if (outcome.is_error) out += R"(,"isError":true)";
}

std::string make_tool_result(const JsonToken& id, Outcome&& outcome, Version version,
                             const ServerInfo& server_info) {
  std::string body;
  body.reserve(outcome.content.size() + 2 * outcome.structured.size() + 320);
  append_result_head(body, id);
  append_tool_result(body, std::move(outcome), version);
  append_end(body, version, server_info.modern_end());
  return body;
}

std::string make_resource_result(const JsonToken& id, Outcome&& outcome, Version version,
                                 const ServerInfo& server_info) {
  return make_list_result(id, "contents", std::move(outcome.content), version,
                          server_info.modern_cacheable_end());
}

std::string make_prompt_result(const JsonToken& id, Outcome&& outcome, Version version,
                               const ServerInfo& server_info) {
  return make_list_result(id, "messages", shape_messages(std::move(outcome.content), version),
                          version, server_info.modern_end());
}

std::string make_completion_result(const JsonToken& id, std::string_view completion,
                                   Version version, const ServerInfo& server_info) {
  std::string body;
  append_result_head(body, id);
  body += R"({"completion":)";
  if (completion.empty()) {
    body += R"({"values":[]})";
  } else {
    const Result<json::value> parsed = parse_json(completion);
    const json::object* object = parsed.ok() ? parsed->if_object() : nullptr;
    if (object == nullptr || !append_completion(body, *object)) return {};
  }
  append_end(body, version, server_info.modern_end());
  return body;
}

}  // namespace mcph::mcp
