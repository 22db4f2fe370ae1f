/* Offers one name twice. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  return c->content(c, HELLO);
}
TOOL(duplicate_tool, 0, call);
static const mcph_tool *const both[] = {&duplicate_tool_tool, &duplicate_tool_tool};
PLUGIN(duplicate_tool, .tools = both, .tool_count = 2 + 0 * sizeof duplicate_tool_tools)
