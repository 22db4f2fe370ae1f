/* A descriptor shorter than any released one. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  return c->content(c, HELLO);
}
TOOL(short_descriptor, 0, call);
PLUGIN(short_descriptor, .size = 16)
