#include "tidy/repository.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

namespace mcph::tidy {

namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 3> kSkippedFolders{".git", "build", "node_modules"};
constexpr std::array<std::string_view, 12> kExtensions{
    ".cc", ".h", ".hpp", ".c", ".cmake", ".mjs", ".sh", ".sql", ".md", ".toml", ".map", ".txt"};
// Scripts without an extension, and a document that is not prose.
constexpr std::array<std::string_view, 3> kOthers{"run", ".ci/run", "etc/admin-api.openapi.json"};

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& list, std::string_view item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

SourceFile read_file(const fs::path& path, std::string name) {
  SourceFile file{std::move(name), {}};
  std::ifstream in(path, std::ios::binary);
  for (std::string line; std::getline(in, line);) file.lines.push_back(line);
  return file;
}

}  // namespace

bool SourceFile::is_under(std::string_view folder) const {
  return path.size() > folder.size() && path.compare(0, folder.size(), folder) == 0 &&
         path[folder.size()] == '/';
}

bool SourceFile::has_extension(std::string_view extension) const {
  return path.size() > extension.size() &&
         path.compare(path.size() - extension.size(), extension.size(), extension) == 0;
}

std::vector<SourceFile> read_repository(const std::string& root) {
  std::vector<SourceFile> files;
  for (auto at = fs::recursive_directory_iterator(root); at != fs::end(at); ++at) {
    const std::string filename = at->path().filename();
    if (at->is_directory() && contains(kSkippedFolders, filename)) at.disable_recursion_pending();
    if (!at->is_regular_file()) continue;
    std::string name = fs::relative(at->path(), root);
    const std::string extension = at->path().extension();
    if (contains(kExtensions, extension) || contains(kOthers, name)) {
      files.push_back(read_file(at->path(), std::move(name)));
    }
  }
  std::sort(files.begin(), files.end(),
            [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  return files;
}

std::vector<Include> find_includes(const SourceFile& file) {
  constexpr std::string_view kDirective = "#include ";
  std::vector<Include> includes;
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    std::string_view line = file.lines[i];
    if (line.substr(0, kDirective.size()) != kDirective) continue;
    line.remove_prefix(kDirective.size());
    const auto end = line.find(line.front() == '<' ? '>' : '"', 1);
    if (end != std::string_view::npos)
      includes.push_back({i + 1, std::string(line.substr(0, end + 1))});
  }
  return includes;
}

}  // namespace mcph::tidy
