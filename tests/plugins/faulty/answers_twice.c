/* Two structured answers, where there may be one. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  c->structured(c, TEXT("{\"a\":1}"));
  c->structured(c, TEXT("{\"a\":2}"));
  return MCPH_OK;
}
TOOL(answers_twice, 0, call);
PLUGIN(answers_twice)
