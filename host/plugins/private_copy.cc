#include "plugins/private_copy.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/encoding.h"
#include "crypto/hash.h"
#include "plugins/limits.h"

namespace mcph::plugins {
namespace {

Error refused(Code code, std::string why) {
  return Error{code, std::move(why), {}};
}
Error failed(const std::string& what) {
  return Error{Code::kInternal, what + ": " + std::strerror(errno), {}};
}

class File {
 public:
  explicit File(int fd) : fd_(fd) {}
  ~File() {
    if (fd_ >= 0) close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int fd() const { return fd_; }

 private:
  const int fd_;
};

// Whoever may write here may run code as us.
Result<> check_owner(const struct stat& status, const std::string& what) {
  if (status.st_uid != 0 && status.st_uid != geteuid()) {
    return refused(Code::kForbidden, what + " belongs to somebody else than root or this user");
  }
  if ((status.st_mode & S_IWOTH) != 0) {
    return refused(Code::kForbidden, what + " may be written by everybody");
  }
  return Ok{};
}

Result<std::string> read_all(int fd, std::size_t size) {
  std::string bytes(size, '\0');
  std::size_t at = 0;
  while (at < size) {
    const ssize_t n = read(fd, bytes.data() + at, size - at);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return failed("cannot read the file");
    at += static_cast<std::size_t>(n);
  }
  return bytes;
}

Result<> write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return failed("cannot write the private copy");
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return Ok{};
}

Result<std::string> read_plugin(const std::string& path) {
  // Checked through the descriptor that is read, so nobody can change the file in between.
  const File file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat status {};
  if (file.fd() < 0 || fstat(file.fd(), &status) != 0) return failed("cannot open the file");
  if (!S_ISREG(status.st_mode)) return refused(Code::kInvalid, "not a regular file");
  TRY(check_owner(status, "the file"));
  if (static_cast<std::size_t>(status.st_size) > kFileBytesMax) {
    return refused(Code::kLimit, "the file is too large");
  }
  return read_all(file.fd(), static_cast<std::size_t>(status.st_size));
}

}  // namespace

Result<> check_plugin_directory(const std::string& directory) {
  struct stat status {};
  if (stat(directory.c_str(), &status) != 0) return failed("plugin directory " + directory);
  if (!S_ISDIR(status.st_mode)) {
    return refused(Code::kInvalid, "plugin directory " + directory + ": not a directory");
  }
  return check_owner(status, "plugin directory " + directory);
}

Result<> prepare_runtime_directory(const std::string& runtime_directory) {
  std::error_code error;
  std::filesystem::create_directories(std::filesystem::path(runtime_directory).parent_path(),
                                      error);
  if (mkdir(runtime_directory.c_str(), 0700) != 0 && errno != EEXIST) {
    return failed("runtime directory " + runtime_directory);
  }
  struct stat status {};
  if (lstat(runtime_directory.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) {
    return refused(Code::kInvalid, "runtime directory " + runtime_directory + ": not a directory");
  }
  if (status.st_uid != geteuid() || (status.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
    return refused(Code::kForbidden,
                   "runtime directory " + runtime_directory + " is not ours alone to write");
  }
  return Ok{};
}

Result<PrivateCopy> make_private_copy(const std::string& file,
                                      const std::string& runtime_directory) {
  const std::string bytes = TRY(read_plugin(file));
  PrivateCopy copy;
  copy.sha256 = to_hex(crypto::sha256(bytes));
  const std::filesystem::path directory = std::filesystem::absolute(runtime_directory);
  const std::string stem = std::filesystem::path(file).stem().string();
  copy.path = directory / (stem + "-" + copy.sha256 + ".so");

  const auto present = read_plugin(copy.path);
  if (present.ok() && *present == bytes) return copy;  // from an earlier start
  std::string unfinished = copy.path + ".XXXXXX";
  {
    const File out(mkostemp(unfinished.data(), O_CLOEXEC));
    if (out.fd() < 0) return failed("cannot make the private copy");
    auto written = write_all(out.fd(), bytes);
    if (!written.ok() || fchmod(out.fd(), 0500) != 0) {
      unlink(unfinished.c_str());
      return written.ok() ? failed("cannot make the private copy") : std::move(written).error();
    }
  }
  // A rename: another host starting now sees no copy or a whole one.
  if (rename(unfinished.c_str(), copy.path.c_str()) != 0) {
    unlink(unfinished.c_str());
    return failed("cannot make the private copy");
  }
  return copy;
}

}  // namespace mcph::plugins
