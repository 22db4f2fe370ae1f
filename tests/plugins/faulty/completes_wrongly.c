/* Completes with what is no completion, chosen by the argument's name. */
#include "fault.h"
#include "mcph/ext/complete.h"
static mcph_status get(void *self, const mcph_call *c) {
  (void)self;
  return c->fail(c, MCPH_E_INTERNAL, TEXT("not asked for"), TEXT(""));
}
PROMPT(completes_wrongly,
       "[{\"name\":\"content\"},{\"name\":\"values\"},{\"name\":\"many\"},{\"name\":\"ask\"}]", get);
static int asked_for(const mcph_call *c, const char *what) {
  for (size_t i = 0; i + strlen(what) <= c->arguments.len; ++i) {
    if (memcmp(c->arguments.ptr + i, what, strlen(what)) == 0) return 1;
  }
  return 0;
}
static mcph_status complete(void *self, const mcph_call *c) {
  (void)self;
  if (asked_for(c, "\"content\"")) return c->content(c, HELLO);
  if (asked_for(c, "\"values\"")) return c->structured(c, TEXT("{\"values\":[1]}"));
  if (asked_for(c, "\"ask\"")) {
    return c->need_input(c, TEXT("{\"q\":{\"method\":\"roots/list\",\"params\":{}}}"), TEXT(""));
  }
  char many[1024] = "{\"values\":[\"x\"";
  for (int i = 0; i < 100; ++i) strcat(many, ",\"x\"");
  strcat(many, "]}");
  return c->structured(c, (mcph_str){many, strlen(many)});
}
static const void *extension(const char *id) {
  static const mcph_complete table = {sizeof(mcph_complete), 0, complete};
  return strcmp(id, MCPH_EXT_COMPLETE) == 0 ? &table : NULL;
}
PLUGIN_WITH(completes_wrongly, .prompt_count = 1, .prompts = completes_wrongly_prompts,
            .extension = extension)
