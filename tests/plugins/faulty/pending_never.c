/* Promises to complete() later, and forgets. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  (void)self, (void)c;
  return MCPH_PENDING;
}
TOOL(pending_never, 0, call);
PLUGIN(pending_never)
