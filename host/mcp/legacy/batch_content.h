// What a JSON-RPC batch of 2025-03-26 holds, sorted by what has to be done with it. Pure,
// thread-safe.
#pragma once

#include <utility>
#include <vector>

#include "mcp/jsonrpc.h"

namespace mcph::mcp {

// Views into the array they were read from.
struct BatchContent {
  std::vector<Message> requests;
  std::vector<Message> notifications;
  std::vector<Message> responses;
  std::vector<std::pair<JsonToken, Rejection>> refusals;  // elements that must not be there
};

BatchContent read_batch(json::array& messages);

// True if one of them claims to be of the modern protocol, which has no batches.
bool has_modern_message(json::array& messages);

}  // namespace mcph::mcp
