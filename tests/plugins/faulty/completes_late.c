/* Leaves the first call PENDING until the second one comes. */
#include <stdatomic.h>

#include "fault.h"
static _Atomic(const mcph_call *) first;
static mcph_status call(void *self, const mcph_call *c) {
  const mcph_call *none = NULL;
  (void)self;
  if (atomic_compare_exchange_strong(&first, &none, c)) return MCPH_PENDING;
  c->content(c, none->content(none, HELLO) == MCPH_E_CANCELLED
                    ? TEXT("{\"type\":\"text\",\"text\":\"cancelled\"}")
                    : TEXT("{\"type\":\"text\",\"text\":\"taken\"}"));
  none->complete(none);
  return MCPH_OK;
}
TOOL(completes_late, 0, call);
PLUGIN(completes_late)
