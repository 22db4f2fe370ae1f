// The files of the repository as the rules see them: path from the root, lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mcph::tidy {

struct SourceFile {
  std::string path;  // "host/base/url.h"
  std::vector<std::string> lines;

  bool is_under(std::string_view folder) const;
  bool has_extension(std::string_view extension) const;
  bool is_header() const { return has_extension(".h") || has_extension(".hpp"); }
  bool is_cpp() const { return is_header() || has_extension(".cc") || has_extension(".c"); }
};

// Everything people write: code, scripts, build files, documents. Not what a tool wrote or fetched.
std::vector<SourceFile> read_repository(const std::string& root);

// What #include lines name, with a line number: `"base/url.h"` or `<string>`, quotes included.
struct Include {
  std::size_t line;
  std::string name;
};
std::vector<Include> find_includes(const SourceFile& file);

}  // namespace mcph::tidy
