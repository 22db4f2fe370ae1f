// What a client wants to hear of (MCP 2026-07-28, subscriptions/listen: params.notifications), and
// what of it this host tells that caller. Values, thread-safe.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "base/caller.h"
#include "base/json.h"
#include "mcp/announcer.h"
#include "mcp/catalog.h"
#include "mcp/rejection.h"

namespace mcph::mcp {

struct ListenFilter {
  bool tools_changed = false;
  bool prompts_changed = false;
  bool resources_changed = false;
  std::vector<std::string> resources;  // URIs, sorted, each once
  std::vector<std::string> tasks;      // ids, likewise

  bool matches(const Announcement& what) const;
  // The object of params.notifications that says this.
  std::string to_json() const;
};

// Kinds it does not know are left out: a newer client may ask for more.
std::variant<ListenFilter, Rejection> read_listen_filter(const json::object& notifications);

// Without what nobody announces here, and the resources the caller may not read. Whose the tasks
// are, the store knows: TaskNews::honour().
ListenFilter honour(ListenFilter asked, const Offers& offers, const Caller& caller);

}  // namespace mcph::mcp
