/* An input schema that could not be enforced. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  return c->content(c, HELLO);
}
static const mcph_tool tool = {
    .size = sizeof(mcph_tool),
    .name = "bad_schema",
    .input_schema = "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"strnig\"}}}",
    .call = call};
static const mcph_tool *const bad_schema_tools[] = {&tool};
PLUGIN(bad_schema)
