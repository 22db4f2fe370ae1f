/* Its fail() has an invalid text and an invalid detail. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  c->fail(c, MCPH_E_INTERNAL, TEXT("\xff\xfe"), TEXT("\xff"));
  return MCPH_E_INTERNAL;
}
TOOL(fails_badly, 0, call);
PLUGIN(fails_badly)
