/* Tries to smuggle a member into the response. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  c->content(c, TEXT("{\"type\":\"text\",\"text\":\"x\"}],\"isError\":false,\"x\":[{}"));
  return MCPH_OK;
}
TOOL(invalid_json, 0, call);
PLUGIN(invalid_json)
