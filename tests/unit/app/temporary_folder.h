// A folder for one test, removed with everything in it.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace mcph::app {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = std::filesystem::temp_directory_path() / "mcph-app-XXXXXX";
    path_ = ::mkdtemp(pattern.data());
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string write(std::string_view name, std::string_view content, bool open_to_all = false) {
    const auto path = path_ / name;
    std::ofstream(path, std::ios::binary) << content;
    using std::filesystem::perms;
    const auto own = perms::owner_read | perms::owner_write;
    std::filesystem::permissions(path, open_to_all ? own | perms::others_read : own);
    return path;
  }
  std::string path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace mcph::app
