/* Arguments that are no list. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  return c->content(c, TEXT("{\"role\":\"user\",\"content\":{\"type\":\"text\",\"text\":\"x\"}}"));
}
PROMPT(bad_arguments, "{}", call);
PLUGIN_PROMPT(bad_arguments)
