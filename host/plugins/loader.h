// From a directory of files to checked descriptors. A file that is refused never stops the others.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "plugins/descriptor.h"

namespace mcph::plugins {

// The *.so of a directory, in the order of their names. Error when the directory cannot be used.
Result<std::vector<std::string>> list_plugin_files(const std::string& directory);

// Under the name of its file: copies of one file are several plugins, each with a configuration of
// its own.
struct LoadedPlugin {
  Descriptor descriptor;
  std::string sha256;
};

Result<LoadedPlugin> load_plugin(const std::string& file, const std::string& runtime_directory);

}  // namespace mcph::plugins
