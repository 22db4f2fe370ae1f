// Has what a plugin answers the shape MCP gives it (schema.ts: ContentBlock, ResourceContents,
// PromptMessage, completion)? Clients refuse a whole answer for one wrong member. Pure; nothing
// means yes, else what is wrong.
#pragma once

#include <optional>
#include <string_view>

#include "base/json.h"
#include "mcp/catalog.h"

namespace mcph::plugins {

using Complaint = std::optional<std::string_view>;

Complaint check_content_block(const json::object& block);
Complaint check_resource_contents(const json::object& contents);
Complaint check_prompt_message(const json::object& message);
Complaint check_completion(const json::object& completion);

// One content() of a handler of this kind, as text. Does not parse what is plain text.
Complaint check_content(mcp::Action action, std::string_view json);

}  // namespace mcph::plugins
