#include "plugins/descriptor_parts.h"

namespace mcph::plugins {
namespace {

// What this struct was in 1.0: a shorter one was not made with any released header.
constexpr std::size_t kToolBytes = offsetof(mcph_tool, extra_json) + sizeof(void*);

Result<> check_flags(std::uint32_t flags, const std::string& what) {
  const auto all = [flags](std::uint32_t wanted) { return (flags & wanted) == wanted; };
  if (all(MCPH_READ_ONLY | MCPH_DESTRUCTIVE)) {
    return refused(what + "is read-only and destructive at once");
  }
  // Becoming a task writes to the database.
  if (all(MCPH_NEVER_BLOCKS | MCPH_MAY_BE_TASK) || all(MCPH_NEVER_BLOCKS | MCPH_NEEDS_TASK)) {
    return refused(what + "is a task and never blocks at once");
  }
  return Ok{};
}

}  // namespace

Result<ToolDescriptor> read_tool(const mcph_tool* tool, std::size_t index) {
  const std::string place = "tool " + std::to_string(index);
  if (tool == nullptr) return refused(place + " is missing (rule ABI-4)");
  if (tool->size < kToolBytes) return refused(place + " is shorter than in 1.0 (rule ABI-3)");
  std::string name = TRY(read_text(tool->name, place + " name"));
  if (!is_item_name(name)) {
    return refused(place + ": a name has 1 to 128 of A-Z a-z 0-9 _ - .");
  }
  const std::string what = "tool " + name + ": ";
  if (tool->call == nullptr) return refused(what + "has no handler");
  TRY(check_flags(tool->flags, what));
  std::string title = TRY(read_text(tool->title, what + "title"));
  std::string description = TRY(read_text(tool->description, what + "description"));
  std::string extra = TRY(read_extra(
      tool->extra_json, what + "extra_json",
      {"name", "title", "description", "inputSchema", "outputSchema", "annotations", "execution"}));
  std::vector<std::string> scopes = TRY(read_scopes(tool->scope, what + "scope"));
  ReadSchema input = TRY(read_schema(tool->input_schema, what + "input schema", true));
  ToolDescriptor out{{std::move(name), tool->flags, std::move(scopes), tool->call},
                     std::move(title),
                     std::move(description),
                     std::move(input.text),
                     {},
                     std::move(extra),
                     std::move(input.schema),
                     std::nullopt};
  if (tool->output_schema != nullptr) {
    ReadSchema output = TRY(read_schema(tool->output_schema, what + "output schema", false));
    out.output_text = std::move(output.text);
    out.output = std::move(output.schema);
  }
  return out;
}

}  // namespace mcph::plugins
