/* Asks twice in one attempt. */
#include "fault.h"
#define QUESTION \
  TEXT("{\"q\":{\"method\":\"roots/list\",\"params\":{}}}")
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  c->need_input(c, QUESTION, TEXT("one"));
  return c->need_input(c, QUESTION, TEXT("two"));
}
TOOL(asks_twice, 0, call);
PLUGIN(asks_twice)
