// The methods of the tasks extension (MCP 2026-07-28; SEP-2663). Clients that do not declare the
// extension are refused.
#pragma once

#include "mcp/request_context.h"

namespace mcph::mcp {

struct Services;

void get_task(const Services& services, RequestContext& context);     // tasks/get
void update_task(const Services& services, RequestContext& context);  // tasks/update
void cancel_task(const Services& services, RequestContext& context);  // tasks/cancel

}  // namespace mcph::mcp
