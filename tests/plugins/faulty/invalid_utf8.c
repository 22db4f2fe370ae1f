/* Latin-1 in a content block. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  c->content(c, HELLO);
  c->content(c, TEXT("{\"type\":\"text\",\"text\":\"caf\xe9\"}"));
  return MCPH_OK;
}
TOOL(invalid_utf8, 0, call);
PLUGIN(invalid_utf8)
