/* A prompt that answers as a tool does. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  return c->content(c, HELLO);
}
PROMPT(wrong_message, NULL, call);
PLUGIN_PROMPT(wrong_message)
