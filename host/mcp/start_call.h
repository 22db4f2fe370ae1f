// What every method that calls a plugin has in common, once it knows what is to be called: scopes,
// the answers and the state of an earlier round, the call and its observer. Thread-safe.
#pragma once

#include <string>

#include "mcp/catalog.h"
#include "mcp/methods.h"

namespace mcph::mcp {

struct CallStart {
  Action action;
  const Item& item;  // whose scopes it needs
  std::string name;
  json::object* arguments = nullptr;  // moved from; null: none were given
};

// Answers the request, now or later.
void start_call(const Services& services, RequestContext& context, CallStart start);

// The member of params, of that name, which must be a string.
std::optional<std::string_view> find_param(const RequestContext& context, std::string_view name);

// params.arguments, which may be missing. False when it is no object.
bool read_arguments(const RequestContext& context, json::object*& arguments);

}  // namespace mcph::mcp
