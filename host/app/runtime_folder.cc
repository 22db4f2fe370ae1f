#include "app/runtime_folder.h"

#include <stdlib.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace mcph::app {

Result<RuntimeFolder> RuntimeFolder::create() {
  std::error_code ignored;
  std::string path = std::filesystem::temp_directory_path(ignored) / "mcp-host-XXXXXX";
  if (::mkdtemp(path.data()) == nullptr) {  // mode 0700
    return Error{Code::kUnavailable, "cannot make a temporary folder", std::strerror(errno)};
  }
  return RuntimeFolder(std::move(path));
}

RuntimeFolder::~RuntimeFolder() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

}  // namespace mcph::app
