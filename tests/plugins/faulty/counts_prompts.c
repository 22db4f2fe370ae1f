/* Counts prompts, and lists none. */
#include "fault.h"
PLUGIN_WITH(counts_prompts, .prompt_count = 3)
