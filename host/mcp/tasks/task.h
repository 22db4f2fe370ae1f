// A task: a tool's call that goes on after the request for it was answered (MCP 2026-07-28,
// extension io.modelcontextprotocol/tasks). A value. Clients see the part that task_json.h writes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/caller.h"
#include "mcp/tasks/task_store.h"

namespace mcph::mcp {

// Something the tool wants to know of the client.
struct TaskQuestion {
  std::string key;       // as the client sees it: unique for the whole life of the task
  std::string asked_as;  // as the plugin called it
  std::string request;   // JSON: {"method","params"}
  std::string answer;    // JSON object; empty while outstanding

  friend bool operator==(const TaskQuestion&, const TaskQuestion&) = default;
};

struct Task {
  std::string id;
  PrincipalId principal;
  ClientId client;
  TaskStatus status = TaskStatus::kWorking;
  UnixTime created_at{};
  UnixTime updated_at{};
  UnixTime expires_at{};
  std::int64_t version = 1;

  std::string message;  // for people; may be empty
  std::string result;   // completed: what tools/call would have returned, a JSON object
  std::string error;    // failed: the JSON-RPC error, a JSON object

  // What the call is made with, and made again with when all questions are answered.
  std::string tool;
  std::vector<std::string> scopes;  // the caller must hold them all
  std::uint16_t capabilities = 0;   // ClientCapability bits of the client
  std::uint32_t attempt = 0;        // of the call under way, or the last one
  std::string arguments;            // JSON object, as is `meta`
  std::string meta;
  std::string state;                    // bytes of the plugin
  std::vector<TaskQuestion> questions;  // of the last round
  std::vector<std::string> used_keys;   // of all rounds

  bool belongs_to(const Caller& caller) const {
    return principal == caller.principal && client == caller.client;
  }
  friend bool operator==(const Task&, const Task&) = default;
};

}  // namespace mcph::mcp
