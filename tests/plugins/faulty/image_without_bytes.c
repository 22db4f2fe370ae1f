/* An image that is not base64. */
#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  return c->content(c, TEXT("{\"type\":\"image\",\"mimeType\":\"image/png\",\"data\":\"???\"}"));
}
TOOL(image_without_bytes, 0, call);
PLUGIN(image_without_bytes)
