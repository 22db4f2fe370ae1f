// The file of a plugin, checked and copied to where only this process writes. The copy carries its
// digest in its name, so what was hashed is what runs, and replacing the original can never change
// code that is mapped.
#pragma once

#include <string>

#include "base/result.h"

namespace mcph::plugins {

struct PrivateCopy {
  std::string path;
  std::string sha256;  // hex
};

// `runtime_directory` is made (mode 0700) when it is absent.
Result<> prepare_runtime_directory(const std::string& runtime_directory);
Result<PrivateCopy> make_private_copy(const std::string& file,
                                      const std::string& runtime_directory);

// kForbidden for a directory that others may write: they could put a plugin there.
Result<> check_plugin_directory(const std::string& directory);

}  // namespace mcph::plugins
