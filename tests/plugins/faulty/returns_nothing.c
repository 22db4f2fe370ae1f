/* Says OK and nothing else. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  (void)self, (void)c;
  return MCPH_OK;
}
TOOL(returns_nothing, 0, call);
PLUGIN(returns_nothing)
