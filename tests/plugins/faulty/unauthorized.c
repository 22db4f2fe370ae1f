/* Three tools whose upstream refuses the first attempt of each call, or all of them. */
#include "fault.h"
static mcph_status refuse_once(void *self, const mcph_call *c) {
  static int attempts;
  (void)self;
  if (attempts++ % 2 == 0) return c->fail(c, MCPH_E_UNAUTHORIZED, TEXT("401"), TEXT("{}"));
  return c->content(c, HELLO);
}
static mcph_status refuse(void *self, const mcph_call *c) {
  (void)self, (void)c;
  return MCPH_E_UNAUTHORIZED;
}
#define SCHEMA .input_schema = "{\"type\":\"object\"}"
static const mcph_tool once = {.size = sizeof(mcph_tool), .name = "refused_once", SCHEMA,
                               .flags = MCPH_NEEDS_UPSTREAM | MCPH_READ_ONLY, .call = refuse_once};
static const mcph_tool always = {.size = sizeof(mcph_tool), .name = "refused_always", SCHEMA,
                                 .flags = MCPH_NEEDS_UPSTREAM | MCPH_IDEMPOTENT, .call = refuse};
static const mcph_tool writing = {.size = sizeof(mcph_tool), .name = "refused_writing", SCHEMA,
                                  .flags = MCPH_NEEDS_UPSTREAM, .call = refuse};
static const mcph_tool *const unauthorized_tools[] = {&once, &always, &writing};
PLUGIN(unauthorized, .tool_count = 3)
