// Any body: what is read as a message is one, and what is refused gets an answer that is JSON.
#include <cstddef>
#include <cstdint>

#include "base/assert.h"
#include "mcp/era.h"
#include "mcp/jsonrpc.h"
#include "mcp/meta.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace mcph;
  auto body = parse_json({reinterpret_cast<const char*>(bytes), size});
  if (!body.ok()) return 0;
  // What was parsed can be written and read again.
  ASSERT(parse_json(to_json(*body)).ok());

  mcp::JsonToken id;
  auto read = mcp::read_message(*body, id);
  ASSERT(id.empty() || parse_json(id).ok());
  if (const auto* rejection = std::get_if<mcp::Rejection>(&read)) {
    ASSERT(parse_json(mcp::make_error_body(id, *rejection)).ok());
    return 0;
  }
  const auto& message = std::get<mcp::Message>(read);
  ASSERT(message.kind != mcp::Message::Kind::kRequest || !message.id.empty());
  const auto route = mcp::classify(message, mcp::McpHeaders{});
  if (const auto* rejection = std::get_if<mcp::Rejection>(&route)) {
    ASSERT(parse_json(mcp::make_error_body(id, *rejection)).ok());
  }
  (void)mcp::check_modern_meta(message);
  const mcp::JsonToken token = mcp::find_progress_token(message);
  ASSERT(token.empty() || parse_json(token).ok());
  std::string quoted;
  mcp::append_json_string(quoted, message.method);
  ASSERT(parse_json(quoted).ok());
  return 0;
}
