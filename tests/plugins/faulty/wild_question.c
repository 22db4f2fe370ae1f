/* Asks with views that point nowhere. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  const mcph_str wild = {NULL, 17};
  return c->need_input(c, wild, wild);
}
TOOL(wild_question, 0, call);
PLUGIN(wild_question)
