/* Answers, and asks as well. */
#include "fault.h"
#define QUESTION \
  TEXT("{\"q\":{\"method\":\"roots/list\",\"params\":{}}}")
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  c->content(c, HELLO);
  return c->need_input(c, QUESTION, TEXT(""));
}
TOOL(asks_and_answers, 0, call);
PLUGIN(asks_and_answers)
