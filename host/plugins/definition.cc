#include "plugins/definition.h"

#include "mcph/json_text.hpp"

namespace mcph::plugins {

std::string make_definition(const ToolDescriptor& tool) {
  std::string out = R"({"name":)";
  append_quoted(out, tool.name);
  if (!tool.title.empty()) {
    out += R"(,"title":)";
    append_quoted(out, tool.title);
  }
  if (!tool.description.empty()) {
    out += R"(,"description":)";
    append_quoted(out, tool.description);
  }
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
  out += "}}";
  return out;
}

}  // namespace mcph::plugins
