/* Completes its call twice before it returns, and once more at the next call. */
#include "fault.h"
static const mcph_call *last;
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  if (last != NULL) last->complete(last);
  last = c;
  c->content(c, HELLO);
  c->complete(c);
  c->complete(c);
  return MCPH_PENDING;
}
TOOL(pending_twice, 0, call);
PLUGIN(pending_twice)
