// The objects of tools/list, resources/list, resources/templates/list and prompts/list, written
// once when a plugin is loaded. Pure.
#pragma once

#include <string>

#include "plugins/descriptor.h"

namespace mcph::plugins {

std::string make_definition(const ToolDescriptor& tool);
std::string make_definition(const ResourceDescriptor& resource);  // or of a template
std::string make_definition(const PromptDescriptor& prompt);

}  // namespace mcph::plugins
