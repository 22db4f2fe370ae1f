/* Asks, and answers as well. */
#include "fault.h"
#define QUESTION \
  TEXT("{\"q\":{\"method\":\"roots/list\",\"params\":{}}}")
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  c->need_input(c, QUESTION, TEXT(""));
  return c->content(c, HELLO);
}
TOOL(answers_after_asking, 0, call);
PLUGIN(answers_after_asking)
