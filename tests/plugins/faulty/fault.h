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

/* One of each kind, named after the fault where it has a name. */
#define RESOURCE(id, uri_, handler_)                                                      \
  static const mcph_resource id##_resource = {                                            \
      .size = sizeof(mcph_resource), .uri = uri_, .name = #id, .read = handler_};         \
  static const mcph_resource *const id##_resources[] = {&id##_resource}

#define PROMPT(id, arguments_, handler_)                                                  \
  static const mcph_prompt id##_prompt = {.size = sizeof(mcph_prompt),                    \
                                          .name = #id,                                    \
                                          .description = "A fault.",                      \
                                          .arguments_json = arguments_,                   \
                                          .get = handler_};                               \
  static const mcph_prompt *const id##_prompts[] = {&id##_prompt}

#define PLUGIN_WITH(id, ...)                                                              \
  const mcph_plugin *mcph_plugin_v1(void) {                                               \
    static const mcph_plugin plugin = {.size = sizeof(mcph_plugin),                       \
                                       .abi_minor = MCPH_ABI_MINOR,                       \
                                       .name = #id,                                       \
                                       .version = "1.0.0",                                \
                                       .start = start_well,                               \
                                       .stop = stop_well,                                 \
                                       __VA_ARGS__};                                      \
    return &plugin;                                                                       \
  }
/* PLUGIN(id) alone, or with fields of its own: PLUGIN(id, .start = fails). */
#define PLUGIN(id, ...)                                                                   \
  PLUGIN_WITH(id, .tool_count = 1, .tools = id##_tools __VA_OPT__(, ) __VA_ARGS__)
#define PLUGIN_RESOURCE(id)                                                               \
  PLUGIN_WITH(id, .resource_count = 1, .resources = id##_resources)
#define PLUGIN_PROMPT(id) PLUGIN_WITH(id, .prompt_count = 1, .prompts = id##_prompts)
