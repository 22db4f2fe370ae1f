/* A resource of size 0. */
#include "fault.h"
static const mcph_resource resource = {.name = "short_resource"};
static const mcph_resource *const list[] = {&resource};
PLUGIN_WITH(short_resource, .resource_count = 1, .resources = list)
