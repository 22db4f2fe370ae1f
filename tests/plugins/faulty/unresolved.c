/* Needs a function that nobody has. Built without -z defs. */
#include "fault.h"
extern int mcph_nobody_has_this(void);
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  return mcph_nobody_has_this() != 0 ? MCPH_OK : c->content(c, HELLO);
}
TOOL(unresolved, 0, call);
PLUGIN(unresolved)
