// What a plugin asks a client for (elicitation, sampling, roots), and what the client says to it.
// Both are somebody else's text. Pure functions, thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "mcp/catalog.h"
#include "mcp/versions.h"

namespace mcph::mcp {

// MCP 2026-07-28, multi round-trip requests: only these methods may answer with questions.
constexpr bool may_ask(Action action) noexcept {
  return action == Action::kCallTool || action == Action::kReadResource ||
         action == Action::kGetPrompt;
}

// The ClientCapability bits a client needs for all of the requests, a JSON object
// {key: {"method","params"}}. Nothing when that is not what the text is, or when it is empty.
std::optional<std::uint16_t> find_needed_capabilities(std::string_view requests);

// What of `capabilities` a client of that revision can have meant: elicitation came with
// 2025-06-18, its URL mode and tools for sampling with 2025-11-25.
std::uint16_t known_capabilities(std::uint16_t capabilities, Version version) noexcept;

// "The client cannot …" for what is missing.
std::string make_missing_text(std::uint16_t missing);

// Whether it can be an answer at all: an ElicitResult, a CreateMessageResult or a ListRootsResult.
bool is_answer(const json::value& value);

// A client's inputResponses, as JSON, without what is no answer to any question: a plugin then sees
// that an answer is missing, and asks again.
std::string make_input_responses(const json::object& given);

}  // namespace mcph::mcp
