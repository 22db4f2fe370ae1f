#include "plugins/definition.h"

#include <string_view>

#include "mcph/json_text.hpp"

namespace mcph::plugins {

namespace {

// `name` is the member that begins the object.
std::string begin(std::string_view name, const std::string& value) {
  std::string out = R"({")";
  out.append(name) += R"(":)";
  append_quoted(out, value);
  return out;
}

void append_member(std::string& out, std::string_view name, const std::string& value) {
  if (value.empty()) return;
  out.append(R"(,")").append(name) += R"(":)";
  append_quoted(out, value);
}

std::string end(std::string out, const std::string& extra) {
  if (!extra.empty()) out.append(",").append(extra);
  out += '}';
  return out;
}

}  // namespace

std::string make_definition(const ToolDescriptor& tool) {
  std::string out = begin("name", tool.name);
  append_member(out, "title", tool.title);
  append_member(out, "description", tool.description);
  out += R"(,"inputSchema":)" + tool.input_text;
  if (!tool.output_text.empty()) out += R"(,"outputSchema":)" + tool.output_text;
  out += R"(,"annotations":{)";
  if (!tool.title.empty()) {
    out += R"("title":)";
    append_quoted(out, tool.title);
    out += ',';
  }
  // All four, always: a hint left out means the dangerous reading (destructive, open world).
  const auto hint = [&](const char* name, std::uint32_t flag) {
    out += '"';
    out += name;
    out += tool.has(flag) ? R"(":true)" : R"(":false)";
  };
  hint("readOnlyHint", MCPH_READ_ONLY);
  out += ',';
  hint("destructiveHint", MCPH_DESTRUCTIVE);
  out += ',';
  hint("idempotentHint", MCPH_IDEMPOTENT);
  out += ',';
  hint("openWorldHint", MCPH_OPEN_WORLD);
  out += '}';
  return end(std::move(out), tool.extra);
}

std::string make_definition(const ResourceDescriptor& resource) {
  std::string out = begin(resource.uri_template ? "uriTemplate" : "uri", resource.name);
  append_member(out, "name", resource.label);
  append_member(out, "title", resource.title);
  append_member(out, "description", resource.description);
  append_member(out, "mimeType", resource.mime_type);
  return end(std::move(out), resource.extra);
}

std::string make_definition(const PromptDescriptor& prompt) {
  std::string out = begin("name", prompt.name);
  append_member(out, "title", prompt.title);
  append_member(out, "description", prompt.description);
  if (!prompt.arguments_text.empty()) out += R"(,"arguments":)" + prompt.arguments_text;
  return end(std::move(out), prompt.extra);
}

}  // namespace mcph::plugins
