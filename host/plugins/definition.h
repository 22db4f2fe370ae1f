// The Tool object of tools/list, written once when a plugin is loaded. Pure.
#pragma once

#include <string>

#include "plugins/descriptor.h"

namespace mcph::plugins {

std::string make_definition(const ToolDescriptor& tool);

}  // namespace mcph::plugins
