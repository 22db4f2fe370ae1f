/* A tool of size 0. */
#include "fault.h"
static const mcph_tool tool = {.name = "short_tool"};
static const mcph_tool *const short_tool_tools[] = {&tool};
PLUGIN(short_tool)
