/* A resource without a valid URI. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  return c->content(c, TEXT("{\"uri\":\"test://x\",\"text\":\"hello\"}"));
}
RESOURCE(bad_uri, "not a uri", call);
PLUGIN_RESOURCE(bad_uri)
