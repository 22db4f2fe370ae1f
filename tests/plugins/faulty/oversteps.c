/* Becomes a task though its tool does not say so, announces the resource of somebody else, and calls
   both tables with nothing. */
#include "fault.h"
#include "mcph/ext/call.h"
#include "mcph/ext/notify.h"
static const mcph_host *host;
static mcph_status call(void *self, const mcph_call *c) {
  const mcph_call_extension *calls = host->extension(host, MCPH_EXT_CALL);
  const mcph_notify *notify = host->extension(host, MCPH_EXT_NOTIFY);
  const mcph_str wild = {NULL, 17};
  (void)self;
  if (calls->become_task(c) != MCPH_E_INVALID_ARGUMENT ||
      calls->become_task(NULL) != MCPH_E_INVALID_ARGUMENT ||
      calls->release_stream(NULL) != MCPH_E_INVALID_ARGUMENT ||
      notify->tools_changed(NULL) != MCPH_E_INVALID_ARGUMENT ||
      notify->resource_updated(NULL, TEXT("note://index")) != MCPH_E_INVALID_ARGUMENT ||
      notify->resource_updated(host, wild) != MCPH_E_INVALID_ARGUMENT ||
      notify->resource_updated(host, TEXT("note://index")) != MCPH_E_NOT_FOUND ||
      host->extension(host, NULL) != NULL || host->extension(NULL, MCPH_EXT_CALL) != NULL ||
      host->extension(host, "mcph.call/9") != NULL) {
    return c->fail(c, MCPH_E_INTERNAL, TEXT("it was let through"), TEXT(""));
  }
  return c->content(c, HELLO);
}
static mcph_status start(const mcph_host *given, mcph_str config, void **self) {
  host = given;
  return start_well(given, config, self);
}
TOOL(oversteps, 0, call);
PLUGIN(oversteps, .start = start)
