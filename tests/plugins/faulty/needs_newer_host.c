/* Made for a host of the future. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  return c->content(c, HELLO);
}
TOOL(needs_newer_host, 0, call);
PLUGIN(needs_newer_host, .host_minor_min = 7)
