/* Works until it is told to stop. */
#include <time.h>

#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  const struct timespec step = {0, 1000000};
  (void)self;
  while (!c->cancelled(c)) nanosleep(&step, NULL);
  c->content(c, HELLO);
  return MCPH_OK;
}
TOOL(spins, 0, call);
PLUGIN(spins)
