/* Says NEVER_BLOCKS and returns PENDING. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  (void)self, (void)c;
  return MCPH_PENDING;
}
TOOL(pending_inline, MCPH_NEVER_BLOCKS, call);
PLUGIN(pending_inline)
