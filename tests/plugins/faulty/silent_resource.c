/* A resource that says nothing. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  (void)c;
  return MCPH_OK;
}
RESOURCE(silent_resource, "test://silent_resource", call);
PLUGIN_RESOURCE(silent_resource)
