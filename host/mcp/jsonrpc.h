// JSON-RPC 2.0 as MCP narrows it: what a message is, and how answers are written. Answers are put
// together as text: the parts exist already, and a DOM would cost more than the rest of a call.
// Pure functions, thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "base/json.h"
#include "mcp/rejection.h"

namespace mcph::mcp {

// A request id or progress token as JSON text (`7`, `"a"`), so that it is given back with its type.
// Empty: none.
using JsonToken = std::string;

// A view into a parsed body, valid as long as that is.
struct Message {
  enum class Kind { kRequest, kNotification, kResponse };
  Kind kind = Kind::kRequest;
  JsonToken id;                         // of requests and responses
  std::string_view method;              // of requests and notifications
  json::object* params = nullptr;       // null when absent
  const json::object* meta = nullptr;   // params._meta when that is an object
  const json::value* result = nullptr;  // of responses: one of the two
  const json::value* error = nullptr;
};

// Step 6 of the order of checks: an object that says "2.0" and is one of the three kinds. The id is
// a string or an integer, never null (MCP base protocol). On failure `id` is still set if it could
// be read.
std::variant<Message, Rejection> read_message(json::value& body, JsonToken& id);

// A string or an integer as JSON text; empty for anything else.
JsonToken make_token(const json::value& value);

void append_json_string(std::string& out, std::string_view text);
// As to_json(), into a text that exists already.
void append_json(std::string& out, const json::value& value);
// {"jsonrpc":"2.0","id":<id>,"result": — the caller appends the result and one '}'.
void append_result_head(std::string& out, const JsonToken& id);
// {"code":…,"message":…} with "data" if there is any.
void append_error_object(std::string& out, const Rejection& rejection);
std::string make_error_body(const JsonToken& id, const Rejection& rejection);

}  // namespace mcph::mcp
