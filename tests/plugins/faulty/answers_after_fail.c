/* Fails, and then answers all the same. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  c->fail(c, MCPH_E_NOT_FOUND, TEXT("not there"), TEXT("{}"));
  return c->content(c, HELLO);
}
TOOL(answers_after_fail, 0, call);
PLUGIN(answers_after_fail)
