/* The entry function has nothing to say. */
#include "mcph/abi.h"
const mcph_plugin *mcph_plugin_v1(void) { return 0; }
