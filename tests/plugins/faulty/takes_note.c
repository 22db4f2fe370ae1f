/* Offers the URI of another plugin. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  return c->content(c, TEXT("{\"uri\":\"test://x\",\"text\":\"hello\"}"));
}
RESOURCE(takes_note, "note://index", call);
PLUGIN_RESOURCE(takes_note)
