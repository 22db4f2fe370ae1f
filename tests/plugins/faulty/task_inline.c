/* Says that it never blocks and may become a task. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  return c->content(c, HELLO);
}
TOOL(task_inline, MCPH_NEVER_BLOCKS | MCPH_MAY_BE_TASK, call);
PLUGIN(task_inline)
