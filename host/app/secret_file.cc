#include "app/secret_file.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <fstream>

namespace mcph::app {

namespace {

Error cannot_read(const std::string& path, std::string why) {
  return Error{Code::kInvalid, "cannot read " + path + ": " + std::move(why), {}};
}

}  // namespace

Result<std::string> load_file(const std::string& path, std::size_t bytes_max) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return cannot_read(path, std::strerror(errno));
  if (!S_ISREG(status.st_mode)) return cannot_read(path, "it is not a regular file");
  std::ifstream file(path, std::ios::binary);
  if (!file) return cannot_read(path, std::strerror(errno));
  std::string content(bytes_max + 1, '\0');
  file.read(content.data(), static_cast<std::streamsize>(content.size()));
  content.resize(static_cast<std::size_t>(file.gcount()));
  if (content.size() > bytes_max) {
    wipe(content);
    return cannot_read(path, "it has more than " + std::to_string(bytes_max) + " bytes");
  }
  return content;
}

Result<> check_private(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return cannot_read(path, std::strerror(errno));
  if ((status.st_mode & (S_IROTH | S_IWOTH)) != 0) {
    return Error{
        Code::kInvalid, path + " holds a secret and is open to every user; chmod o-rw it", {}};
  }
  return Ok{};
}

Result<Secret> load_secret_file(const std::string& path) {
  TRY(check_private(path));
  std::string content = TRY(load_file(path, kSecretFileBytesMax));
  while (!content.empty() && (content.back() == '\n' || content.back() == '\r')) content.pop_back();
  if (content.empty()) return cannot_read(path, "it is empty");
  Secret secret(std::string_view{content});
  wipe(content);
  return secret;
}

}  // namespace mcph::app
