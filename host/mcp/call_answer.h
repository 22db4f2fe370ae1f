// The last word about a call: its outcome as the result or the error that its method and the
// protocol revision have for it. Pure but for the reply, thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "mcp/catalog.h"
#include "mcp/challenges.h"
#include "mcp/reply.h"
#include "mcp/server_info.h"
#include "mcp/versions.h"

namespace mcph::mcp {

struct Answering {
  const ServerInfo& server_info;
  const Challenges& challenges;
  Action action;
  const std::string& name;
  Version version;
};

// Of every outcome but kNeedsInput, which is no last word.
void send_answer(const Answering& about, const JsonToken& id, Reply& reply, Outcome&& outcome);

// A tool's result that says what went wrong.
Outcome make_error_outcome(std::string_view text);

// For the log.
std::string_view to_string(Action action) noexcept;
std::string_view to_string(Outcome::Kind kind) noexcept;

}  // namespace mcph::mcp
