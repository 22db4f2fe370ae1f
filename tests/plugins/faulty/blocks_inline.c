/* Says NEVER_BLOCKS and blocks. */
#include <time.h>

#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  const struct timespec nap = {0, 25000000};
  (void)self;
  nanosleep(&nap, NULL);
  return c->content(c, HELLO);
}
TOOL(blocks_inline, MCPH_NEVER_BLOCKS, call);
PLUGIN(blocks_inline)
