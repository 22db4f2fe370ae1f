/* Asks the user something, which this version of the host answers with a negative status. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  const mcph_status status = c->need_input(c, TEXT("{}"), TEXT("state"));
  (void)self;
  if (status < 0) return c->fail(c, status, TEXT("cannot ask"), TEXT("{}"));
  return status;
}
TOOL(asks_for_input, 0, call);
PLUGIN(asks_for_input)
