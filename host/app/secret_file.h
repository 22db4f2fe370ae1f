// Files that hold secrets. They must be regular and closed to others than owner and group.
#pragma once

#include <string>

#include "base/result.h"
#include "base/secret.h"

namespace mcph::app {

// A key ring or a token is a few hundred bytes: whatever is larger is the wrong file.
inline constexpr std::size_t kSecretFileBytesMax = 64 * 1024;

// The whole content, without the line breaks at its end.
Result<Secret> load_secret_file(const std::string& path);

// Error when others than owner and group may read the file.
Result<> check_private(const std::string& path);

// Any file, up to `bytes_max`.
Result<std::string> load_file(const std::string& path, std::size_t bytes_max);

}  // namespace mcph::app
