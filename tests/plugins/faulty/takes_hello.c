/* Another plugin that offers the tool of the example hello_c. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  return c->content(c, HELLO);
}
TOOL(hello_from_c, 0, call);
PLUGIN(hello_from_c, .name = "takes_hello")
