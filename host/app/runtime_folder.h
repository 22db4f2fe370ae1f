// A folder only this process uses, in the system's place for temporary files; removed at the end.
#pragma once

#include <string>

#include "base/result.h"

namespace mcph::app {

class RuntimeFolder {
 public:
  static Result<RuntimeFolder> create();
  ~RuntimeFolder();
  RuntimeFolder(RuntimeFolder&& other) noexcept : path_(std::move(other.path_)) {
    other.path_.clear();
  }
  RuntimeFolder& operator=(RuntimeFolder&&) = delete;

  const std::string& path() const noexcept { return path_; }

 private:
  explicit RuntimeFolder(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

}  // namespace mcph::app
