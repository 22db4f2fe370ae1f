/* A status of no version, and no fail(). */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  (void)self, (void)c;
  return -4711;
}
TOOL(returns_unknown_status, 0, call);
PLUGIN(returns_unknown_status)
