/* NULL with a length, NULL for the call, NULL for everything. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  const mcph_str wild = {NULL, 17};
  (void)self;
  c->content(c, wild);
  c->progress(c, 0.0 / 1.0, 1.0, wild);
  c->log(c, 99, wild, wild);
  c->content(NULL, HELLO);
  c->complete(NULL);
  return c->fail(c, MCPH_E_INTERNAL, wild, wild);
}
TOOL(null_views, 0, call);
PLUGIN(null_views)
