// A shared object in this process. The one user of Boost.DLL. Never unmapped: a thread, a
// thread-local destructor or a pointer of the plugin may outlive every call to it.
#pragma once

#include <string>

#include "base/result.h"
#include "mcph/abi.h"

namespace mcph::plugins {

struct PluginEntry {
  const mcph_plugin* (*describe)() noexcept = nullptr;
};

// Runs the constructors of the file's globals. kInvalid when it cannot be linked or has no entry.
Result<PluginEntry> load_library(const std::string& absolute_path);

}  // namespace mcph::plugins
