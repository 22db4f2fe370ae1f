/* Asks the user nothing at all. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  return c->need_input(c, TEXT("{}"), TEXT("state"));
}
TOOL(asks_nothing, 0, call);
PLUGIN(asks_nothing)
