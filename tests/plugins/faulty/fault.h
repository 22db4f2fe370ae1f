/* What every faulty plugin has in common: one tool named after the fault. */
#include <string.h>

#include "mcph/abi.h"

#define TEXT(literal) ((mcph_str){literal, sizeof(literal) - 1})
#define HELLO TEXT("{\"type\":\"text\",\"text\":\"hello\"}")

static inline mcph_status start_well(const mcph_host *host, mcph_str config, void **self) {
  (void)host;
  (void)config;
  *self = NULL;
  return MCPH_OK;
}
static inline void stop_well(void *self) { (void)self; }

#define TOOL(id, flags_, handler_)                                                        \
  static const mcph_tool id##_tool = {.size = sizeof(mcph_tool),                          \
                                      .flags = flags_,                                    \
                                      .name = #id,                                        \
                                      .description = "A fault.",                          \
                                      .input_schema = "{\"type\":\"object\"}",            \
                                      .call = handler_};                                  \
  static const mcph_tool *const id##_tools[] = {&id##_tool}

#define PLUGIN(id, ...)                                                                   \
  const mcph_plugin *mcph_plugin_v1(void) {                                               \
    static const mcph_plugin plugin = {.size = sizeof(mcph_plugin),                       \
                                       .abi_minor = MCPH_ABI_MINOR,                       \
                                       .tool_count = 1,                                   \
                                       .name = #id,                                       \
                                       .version = "1.0.0",                                \
                                       .tools = id##_tools,                               \
                                       .start = start_well,                               \
                                       .stop = stop_well,                                 \
                                       __VA_ARGS__};                                      \
    return &plugin;                                                                       \
  }
