/* A resource that answers as a tool does. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  return c->content(c, HELLO);
}
RESOURCE(wrong_contents, "test://wrong_contents", call);
PLUGIN_RESOURCE(wrong_contents)
