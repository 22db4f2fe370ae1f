/* A resource with a structured answer. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  return c->structured(c, TEXT("{}"));
}
RESOURCE(structured_resource, "test://structured_resource", call);
PLUGIN_RESOURCE(structured_resource)
