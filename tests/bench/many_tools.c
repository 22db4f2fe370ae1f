/* Plugin PLUGIN_NUMBER of many, each with 500 tools that look like real ones: for measuring lists.
 */
#include <stdio.h>

#include "mcph/abi.h"

#define TOOL_COUNT 500 /* a host takes at most 512 of one plugin */
#define NAME_BYTES 16
#define TEXT_OF(number) #number
#define NAME_OF(number) "many_tools_" TEXT_OF(number)

static const char* const schema =
    "{\"type\":\"object\",\"properties\":{"
    "\"customer\":{\"type\":\"string\",\"description\":\"Whose order it is\"},"
    "\"count\":{\"type\":\"integer\",\"minimum\":1,\"description\":\"How many\"}},"
    "\"required\":[\"customer\"],\"additionalProperties\":false}";

static char names[TOOL_COUNT][NAME_BYTES];
static mcph_tool tools[TOOL_COUNT];
static const mcph_tool* list[TOOL_COUNT];

static mcph_status say_done(void* self, const mcph_call* call) {
  static const char text[] = "{\"type\":\"text\",\"text\":\"done\"}";
  (void)self;
  return call->content(call, (mcph_str){text, sizeof text - 1});
}

static mcph_status start(const mcph_host* host, mcph_str config, void** self) {
  (void)host;
  (void)config;
  *self = NULL;
  return MCPH_OK;
}

static void stop(void* self) {
  (void)self;
}

const mcph_plugin* mcph_plugin_v1(void) {
  static mcph_plugin plugin = {.size = sizeof(mcph_plugin),
                               .abi_minor = MCPH_ABI_MINOR,
                               .tool_count = TOOL_COUNT,
                               .name = NAME_OF(PLUGIN_NUMBER),
                               .version = "1.0.0",
                               .tools = list,
                               .start = start,
                               .stop = stop};
  for (int i = 0; i < TOOL_COUNT; ++i) {
    snprintf(names[i], NAME_BYTES, "order_%05d", PLUGIN_NUMBER % 20 * TOOL_COUNT + i);
    tools[i] = (mcph_tool){.size = sizeof(mcph_tool),
                           .flags = MCPH_READ_ONLY | MCPH_NEVER_BLOCKS,
                           .name = names[i],
                           .description = "Places an order of this kind for a customer.",
                           .input_schema = schema,
                           .call = say_done};
    list[i] = &tools[i];
  }
  return &plugin;
}
