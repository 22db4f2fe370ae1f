/* A tool without code. */
#include "fault.h"
TOOL(null_handler, 0, NULL);
PLUGIN(null_handler)
