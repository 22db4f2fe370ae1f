/* A prompt of size 0. */
#include "fault.h"
static const mcph_prompt prompt = {.name = "short_prompt"};
static const mcph_prompt *const list[] = {&prompt};
PLUGIN_WITH(short_prompt, .prompt_count = 1, .prompts = list)
