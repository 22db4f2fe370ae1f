/* Promises to complete() later, and forgets, until another tool reminds it. */
#include <stdatomic.h>

#include "fault.h"
static _Atomic(const mcph_call *) forgotten;
static mcph_status forget(void *self, const mcph_call *c) {
  (void)self;
  atomic_store(&forgotten, c);
  return MCPH_PENDING;
}
static mcph_status remind(void *self, const mcph_call *c) {
  const mcph_call *call = atomic_exchange(&forgotten, NULL);
  (void)self;
  if (call != NULL) call->complete(call);
  return c->content(c, HELLO);
}
#define SCHEMA .input_schema = "{\"type\":\"object\"}"
static const mcph_tool never = {
    .size = sizeof(mcph_tool), .name = "pending_never", SCHEMA, .call = forget};
static const mcph_tool reminder = {.size = sizeof(mcph_tool), .name = "pending_reminder", SCHEMA,
                                   .flags = MCPH_NEVER_BLOCKS, .call = remind};
static const mcph_tool *const pending_never_tools[] = {&never, &reminder};
PLUGIN(pending_never, .tool_count = 2)
