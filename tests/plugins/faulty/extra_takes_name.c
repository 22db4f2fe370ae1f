/* Writes a member of the definition that the host writes. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  return c->content(c, HELLO);
}
static const mcph_tool tool = {.size = sizeof(mcph_tool), .name = "extra_takes_name",
                               .input_schema = "{\"type\":\"object\"}", .call = call,
                               .extra_json = "{\"icons\":[],\"name\":\"other\"}"};
static const mcph_tool *const extra_takes_name_tools[] = {&tool};
PLUGIN(extra_takes_name)
