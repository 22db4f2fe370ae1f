/* A tool name that is no MCP tool name. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  return c->content(c, HELLO);
}
static const mcph_tool tool = {.size = sizeof(mcph_tool), .name = "../etc/passwd",
                               .input_schema = "{\"type\":\"object\"}", .call = call};
static const mcph_tool *const bad_name_tools[] = {&tool};
PLUGIN(bad_name)
