/* Asks, and returns a failure without a word. */
#include "fault.h"
#define QUESTION \
  TEXT("{\"q\":{\"method\":\"roots/list\",\"params\":{}}}")
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  c->need_input(c, QUESTION, TEXT(""));
  return MCPH_E_INTERNAL;
}
TOOL(asks_and_vanishes, 0, call);
PLUGIN(asks_and_vanishes)
