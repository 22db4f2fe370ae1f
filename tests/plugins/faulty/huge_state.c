/* Hands over more state than a client should carry. */
#include "fault.h"
#define QUESTION \
  TEXT("{\"q\":{\"method\":\"roots/list\",\"params\":{}}}")
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  static char state[17 * 1024];
  return c->need_input(c, QUESTION, (mcph_str){state, sizeof state});
}
TOOL(huge_state, 0, call);
PLUGIN(huge_state)
