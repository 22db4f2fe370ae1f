#include "plugins/loader.h"

#include <algorithm>
#include <filesystem>

#include "plugins/library.h"
#include "plugins/private_copy.h"

namespace mcph::plugins {

Result<std::vector<std::string>> list_plugin_files(const std::string& directory) {
  TRY(check_plugin_directory(directory));
  std::vector<std::string> files;
  std::error_code error;
  for (auto at = std::filesystem::directory_iterator(directory, error);
       !error && at != std::filesystem::directory_iterator(); at.increment(error)) {
    if (at->path().extension() == ".so") files.push_back(at->path().string());
  }
  if (error) {
    return Error{Code::kInternal, "plugin directory " + directory + ": " + error.message(), {}};
  }
  std::sort(files.begin(), files.end());
  return files;
}

Result<LoadedPlugin> load_plugin(const std::string& file, const std::string& runtime_directory) {
  const PrivateCopy copy = TRY(make_private_copy(file, runtime_directory));
  const PluginEntry entry = TRY(load_library(copy.path));
  std::string name = std::filesystem::path(file).stem().string();
  if (!is_plugin_name(name)) {
    return Error{Code::kInvalid, "a plugin's file is named with 1 to 64 of a-z 0-9 _ -", {}};
  }
  LoadedPlugin plugin;
  plugin.sha256 = copy.sha256;
  plugin.descriptor = TRY(read_descriptor(entry.describe()));
  plugin.descriptor.name = std::move(name);
  return plugin;
}

}  // namespace mcph::plugins
