/* Answers until the host has had enough, then returns what the host said. */
#include <stdlib.h>

#include "fault.h"
static mcph_status call(void *self, const mcph_call *c) {
  static const char head[] = "{\"type\":\"text\",\"text\":\"";
  const size_t size = 1u << 20;
  char *block = malloc(size);
  mcph_status status = MCPH_OK;
  (void)self;
  memset(block, 'a', size);
  memcpy(block, head, sizeof head - 1);
  memcpy(block + size - 2, "\"}", 2);
  for (int i = 0; i < 100 && status == MCPH_OK; ++i) status = c->content(c, (mcph_str){block, size});
  free(block);
  return status;
}
TOOL(huge_result, 0, call);
PLUGIN(huge_result)
