/* Built with a header that has grown: longer structs, unknown flags. It must work. */
#include "fault.h"
typedef struct future_tool {
  mcph_tool now;
  const char *icons, *more;
} future_tool;
typedef struct future_plugin {
  mcph_plugin now;
  void (*reload)(void *self);
} future_plugin;
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  return c->content(c, HELLO);
}
static const future_tool a = {{.size = sizeof(future_tool), .flags = 0xff000000u, .name = "future_a",
                               .input_schema = "{\"type\":\"object\"}", .call = call}, "x", "y"};
static const future_tool b = {{.size = sizeof(future_tool), .name = "future_b",
                               .input_schema = "{\"type\":\"object\"}", .call = call}, "x", "y"};
static const mcph_tool *const tools[] = {&a.now, &b.now};
const mcph_plugin *mcph_plugin_v1(void) {
  static const future_plugin plugin = {{.size = sizeof(future_plugin), .abi_minor = 9,
                                        .tool_count = 2, .name = "from_the_future",
                                        .version = "9.0.0", .tools = tools, .start = start_well,
                                        .stop = stop_well}, NULL};
  return &plugin.now;
}
