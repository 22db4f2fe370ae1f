/* Its arguments are no object. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  return c->content(c, HELLO);
}
static const mcph_tool tool = {.size = sizeof(mcph_tool), .name = "no_object_schema",
                               .input_schema = "{\"type\":\"string\"}", .call = call};
static const mcph_tool *const no_object_schema_tools[] = {&tool};
PLUGIN(no_object_schema)
