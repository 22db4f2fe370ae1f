// The parts descriptors are read from: texts, schemas, scopes of a plugin that may lie. Each is an
// error with one line that begins with `what`. Pure.
#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "plugins/descriptor.h"

namespace mcph::plugins {

Error refused(std::string why);

// Empty for NULL.
Result<std::string> read_text(const char* raw, const std::string& what);
Result<std::vector<std::string>> read_scopes(const char* raw, const std::string& what);
// Scope -> words, of ext/scopes.h.
Result<std::map<std::string, std::string>> read_scope_words(const char* raw);

struct ReadSchema {
  std::string text;
  schema::Schema schema;
};
Result<ReadSchema> read_schema(const char* raw, const std::string& what, bool of_object);

// The members of a JSON object as they stand between its braces; empty for NULL. `taken` are those
// the host writes itself.
Result<std::string> read_extra(const char* raw, const std::string& what,
                               std::initializer_list<std::string_view> taken);

// MCP 2025-11-25, tool names; prompts have the same.
bool is_item_name(std::string_view name);

Result<ToolDescriptor> read_tool(const mcph_tool* tool, std::size_t index);
Result<ResourceDescriptor> read_resource(const mcph_resource* resource, std::size_t index);
Result<PromptDescriptor> read_prompt(const mcph_prompt* prompt, std::size_t index);

}  // namespace mcph::plugins
