/* Contents that are text and bytes at once. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  return c->content(c, TEXT("{\"uri\":\"test://x\",\"text\":\"\",\"blob\":\"\"}"));
}
RESOURCE(two_contents, "test://two_contents", call);
PLUGIN_RESOURCE(two_contents)
