// The methods of each era, as tables, and what they work with. Handlers never block: they answer
// the reply before they return or arrange for somebody to do so later.
#pragma once

#include <string_view>

#include "base/executor.h"
#include "base/time.h"
#include "mcp/catalog.h"
#include "mcp/catalog_view.h"
#include "mcp/challenges.h"
#include "mcp/legacy/calls_in_flight.h"
#include "mcp/legacy/client_questions.h"
#include "mcp/pagination.h"
#include "mcp/request_context.h"
#include "mcp/request_state.h"
#include "mcp/server_info.h"
#include "mcp/subscriptions/open_streams.h"
#include "observability/audit.h"
#include "observability/log.h"

namespace mcph::mcp {

class TaskNews;
class Tasks;

// References to parts that outlive every request.
struct Services {
  Catalog& catalog;
  CatalogViews& views;
  const Cursors& cursors;
  const RequestStates& request_states;
  ClientQuestions* client_questions;
  const Challenges& challenges;
  const ServerInfo& server_info;
  CallsInFlight& calls_in_flight;
  Tasks& tasks;
  Sessions& sessions;
  OpenStreams& streams;
  TaskNews& task_news;
  Executor& executor;  // for what blocks
  const Clock& clock;
  const Log& log;
  Milliseconds call_timeout;
  AuditLog* audit;  // null: calls are not recorded
};

using MethodHandler = void (*)(const Services& services, RequestContext& context);

struct MethodEntry {
  std::string_view name;
  // The member of params that Mcp-Name repeats (modern only); empty when there is none.
  std::string_view named_by;
  MethodHandler handle;
};

// Null when there is no such method.
const MethodEntry* find_modern_method(std::string_view name) noexcept;
const MethodEntry* find_legacy_method(std::string_view name) noexcept;

void discover(const Services& services, RequestContext& context);            // server/discover
void ping(const Services& services, RequestContext& context);                // legacy only
void listen(const Services& services, RequestContext& context);              // subscriptions/listen
void set_log_level(const Services& services, RequestContext& context);       // logging/setLevel
void subscribe_resource(const Services& services, RequestContext& context);  // legacy only
void unsubscribe_resource(const Services& services, RequestContext& context);  // legacy only
void list_tools(const Services& services, RequestContext& context);            // tools/list
void call_tool(const Services& services, RequestContext& context);             // tools/call
void list_resources(const Services& services, RequestContext& context);        // resources/list
void list_resource_templates(const Services& services,
                             RequestContext& context);                  // resources/templates/list
void read_resource(const Services& services, RequestContext& context);  // resources/read
void list_prompts(const Services& services, RequestContext& context);   // prompts/list
void get_prompt(const Services& services, RequestContext& context);     // prompts/get
void complete(const Services& services, RequestContext& context);       // completion/complete

}  // namespace mcph::mcp
