/* Further members that are no object. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  return c->content(c, HELLO);
}
static const mcph_tool tool = {.size = sizeof(mcph_tool), .name = "extra_no_object",
                               .input_schema = "{\"type\":\"object\"}", .call = call,
                               .extra_json = "[1]"};
static const mcph_tool *const extra_no_object_tools[] = {&tool};
PLUGIN(extra_no_object)
