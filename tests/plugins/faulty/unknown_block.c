/* A content block of a type MCP does not know. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  return c->content(c, TEXT("{\"type\":\"hologram\",\"text\":\"hello\"}"));
}
TOOL(unknown_block, 0, call);
PLUGIN(unknown_block)
