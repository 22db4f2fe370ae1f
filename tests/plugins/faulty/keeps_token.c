/* Keeps the view of the user's token and looks at it again in the next call. */
#include "fault.h"
static mcph_str kept;
static mcph_status call(void *self, const mcph_call *c) {
  size_t zeros = 0;
  (void)self;
  for (size_t i = 0; i < kept.len; ++i) zeros += kept.ptr[i] == 0;
  const int gone = kept.len > 0 && zeros == kept.len;
  const int shown = c->upstream_token.len > 0;
  kept = c->upstream_token;
  if (gone) return c->content(c, TEXT("{\"type\":\"text\",\"text\":\"zeros\"}"));
  return c->content(c, shown ? TEXT("{\"type\":\"text\",\"text\":\"shown\"}")
                             : TEXT("{\"type\":\"text\",\"text\":\"hidden\"}"));
}
TOOL(keeps_token, MCPH_NEEDS_UPSTREAM, call);
PLUGIN(keeps_token)
