/* A message of a role MCP does not know. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  return c->content(c, TEXT("{\"role\":\"system\",\"content\":{\"type\":\"text\",\"text\":\"x\"}}"));
}
PROMPT(wrong_role, NULL, call);
PLUGIN_PROMPT(wrong_role)
