/* Two arguments of one name. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  return c->content(c, TEXT("{\"role\":\"user\",\"content\":{\"type\":\"text\",\"text\":\"x\"}}"));
}
PROMPT(duplicate_argument, "[{\"name\":\"a\"},{\"name\":\"a\"}]", call);
PLUGIN_PROMPT(duplicate_argument)
