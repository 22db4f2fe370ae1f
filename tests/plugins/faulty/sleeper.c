/* Sleeps 300 ms and never asks whether anybody still listens. */
#include <time.h>

#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  const struct timespec nap = {0, 300000000};
  (void)self;
  c->progress(c, 0, 1, TEXT("going to sleep"));
  nanosleep(&nap, NULL);
  return c->content(c, HELLO);
}
TOOL(sleeper, 0, call);
PLUGIN(sleeper)
