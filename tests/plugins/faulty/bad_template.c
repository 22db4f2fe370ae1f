/* A template whose variables cannot be told apart. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  return c->content(c, TEXT("{\"uri\":\"test://x\",\"text\":\"hello\"}"));
}
RESOURCE(bad_template, "test://x/{a}{b}", call);
PLUGIN_RESOURCE(bad_template)
