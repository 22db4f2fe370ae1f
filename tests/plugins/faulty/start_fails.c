/* Cannot start. */
#include "fault.h"
static mcph_status fail(const mcph_host *host, mcph_str config, void **self) {
  (void)config, (void)self;
  host->log(host, MCPH_LOG_ERROR, TEXT("no database"), TEXT("{}"));
  return MCPH_E_UNAVAILABLE;
}
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  return c->content(c, HELLO);
}
TOOL(start_fails, 0, call);
PLUGIN(start_fails, .start = fail)
