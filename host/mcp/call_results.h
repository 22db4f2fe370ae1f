// The results of the methods that call a plugin, as JSON-RPC responses of a protocol revision. Pure
// functions, thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "mcp/catalog.h"
#include "mcp/jsonrpc.h"
#include "mcp/server_info.h"
#include "mcp/versions.h"

namespace mcph::mcp {

std::string make_tool_result(const JsonToken& id, Outcome&& outcome, Version version,
                             const ServerInfo& server_info);
std::string make_resource_result(const JsonToken& id, Outcome&& outcome, Version version,
                                 const ServerInfo& server_info);
std::string make_prompt_result(const JsonToken& id, Outcome&& outcome, Version version,
                               const ServerInfo& server_info);
// `completion` is {"values":[…],"total"?,"hasMore"?}, or empty: nothing to suggest. An empty text
// when it is anything else.
std::string make_completion_result(const JsonToken& id, std::string_view completion,
                                   Version version, const ServerInfo& server_info);

// The CallToolResult alone, without its closing brace: for what is put behind it.
void append_tool_result(std::string& out, Outcome&& outcome, Version version);

// An array of one text block.
std::string make_text_block(std::string_view text);

}  // namespace mcph::mcp
