/* Asks the client for something MCP does not know. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  return c->need_input(c, TEXT("{\"q\":{\"method\":\"tools/call\",\"params\":{}}}"), TEXT("state"));
}
TOOL(asks_unknown, 0, call);
PLUGIN(asks_unknown)
