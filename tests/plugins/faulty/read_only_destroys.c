/* Read-only and destructive at once. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  return c->content(c, HELLO);
}
TOOL(read_only_destroys, MCPH_READ_ONLY | MCPH_DESTRUCTIVE, call);
PLUGIN(read_only_destroys)
