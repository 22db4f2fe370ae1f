/* The smallest plugin: one tool, in C. */
#include "mcph/abi.h"

#define TEXT(literal) ((mcph_str){literal, sizeof(literal) - 1})

static mcph_status hello(void *self, const mcph_call *call) {
  (void)self;
  return call->content(call, TEXT("{\"type\":\"text\",\"text\":\"Hello from C\"}"));
}

static const mcph_tool hello_tool = {
    .size = sizeof hello_tool,
    .flags = MCPH_READ_ONLY | MCPH_IDEMPOTENT | MCPH_NEVER_BLOCKS,
    .name = "hello_from_c",
    .title = "Hello",
    .description = "Says hello.",
    .input_schema = "{\"type\":\"object\"}",
    .call = hello,
};
static const mcph_tool *const tools[] = {&hello_tool};

static mcph_status start(const mcph_host *host, mcph_str config, void **self) {
  (void)host;
  (void)config;
  *self = NULL;
  return MCPH_OK;
}

static void stop(void *self) { (void)self; }

const mcph_plugin *mcph_plugin_v1(void) {
  static const mcph_plugin plugin = {
      .size = sizeof plugin,
      .abi_minor = MCPH_ABI_MINOR,
      .tool_count = 1,
      .name = "hello_c",
      .version = "1.0.0",
      .description = "The smallest plugin.",
      .tools = tools,
      .start = start,
      .stop = stop,
  };
  return &plugin;
}
