#include "plugins/library.h"

#include <dlfcn.h>

#define BOOST_DLL_USE_STD_FS
#include <boost/dll/shared_library.hpp>

namespace mcph::plugins {

Result<PluginEntry> load_library(const std::string& absolute_path) {
  using Mode = boost::dll::load_mode::type;
  // RTLD_NODELETE has no name in Boost.DLL, which hands the bits through.
  const auto mode =
      static_cast<Mode>(static_cast<int>(boost::dll::load_mode::rtld_now) |
                        static_cast<int>(boost::dll::load_mode::rtld_local) | RTLD_NODELETE);
  try {
    // The throwing overload: the error_code of the other one does not say what is missing.
    const boost::dll::shared_library library(boost::dll::fs::path(absolute_path), mode);
    if (!library.has("mcph_plugin_v1")) {
      return Error{Code::kInvalid,
                   "exports no mcph_plugin_v1: not a plugin, or one for another major version "
                   "(rule ABI-1)",
                   {}};
    }
    return PluginEntry{library.get<const mcph_plugin*() noexcept>("mcph_plugin_v1")};
  } catch (const std::exception& error) {
    return Error{Code::kInvalid, "cannot be loaded", error.what()};
  }
}

}  // namespace mcph::plugins
