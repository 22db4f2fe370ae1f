/* Declares a number and answers with a string. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  return c->structured(c, TEXT("{\"n\":\"seven\"}"));
}
static const mcph_tool tool = {
    .size = sizeof(mcph_tool),
    .name = "breaks_output_schema",
    .input_schema = "{\"type\":\"object\"}",
    .output_schema = "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}}}",
    .call = call};
static const mcph_tool *const breaks_output_schema_tools[] = {&tool};
PLUGIN(breaks_output_schema)
