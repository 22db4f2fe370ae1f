/* An icon that would make clients fetch in the clear. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  return c->content(c, HELLO);
}
static const mcph_tool tool = {.size = sizeof(mcph_tool), .name = "bad_icon",
                               .input_schema = "{\"type\":\"object\"}", .call = call,
                               .extra_json = "{\"icons\":[{\"src\":\"http://example.com/i.png\"}]}"};
static const mcph_tool *const bad_icon_tools[] = {&tool};
PLUGIN(bad_icon)
