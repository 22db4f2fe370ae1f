#include "support/process.h"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

namespace mcph::test {
namespace {

struct Prepared {
  std::vector<char*> arguments;
  const passwd* user = nullptr;
};

Prepared prepare(const std::vector<std::string>& command, const std::string& user) {
  Prepared prepared;
  for (const std::string& word : command) {
    prepared.arguments.push_back(const_cast<char*>(word.c_str()));
  }
  prepared.arguments.push_back(nullptr);
  if (!user.empty()) prepared.user = getpwnam(user.c_str());
  return prepared;
}

// Between fork and exec: only calls that are safe while other threads hold locks.
[[noreturn]] void become(const Prepared& program, int output, int death_signal) {
  const passwd* user = program.user;
  if (user != nullptr &&
      (setgroups(0, nullptr) != 0 || setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0)) {
    _exit(126);
  }
  if (death_signal != 0) prctl(PR_SET_PDEATHSIG, death_signal);  // setuid() would undo it
  dup2(output, STDOUT_FILENO);
  dup2(output, STDERR_FILENO);
  if (chdir("/") != 0) _exit(126);
  execv(program.arguments[0], program.arguments.data());
  _exit(127);
}

}  // namespace

Outcome run(const std::vector<std::string>& command, const std::string& user) {
  const Prepared program = prepare(command, user);
  if (!user.empty() && program.user == nullptr) return {-1, "no such user: " + user};
  int pipe_fds[2];
  if (pipe2(pipe_fds, O_CLOEXEC) != 0) return {};
  const pid_t child = fork();
  if (child == 0) become(program, pipe_fds[1], 0);
  close(pipe_fds[1]);
  Outcome outcome;
  std::array<char, 4096> buffer{};
  while (child > 0) {
    const ssize_t n = read(pipe_fds[0], buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    outcome.output.append(buffer.data(), static_cast<std::size_t>(n));
  }
  close(pipe_fds[0]);
  int status = 0;
  if (child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status)) {
    outcome.exit_code = WEXITSTATUS(status);
  }
  return outcome;
}

pid_t start(const std::vector<std::string>& command, const std::string& user,
            const std::string& log_file) {
  const Prepared program = prepare(command, user);
  if (!user.empty() && program.user == nullptr) return -1;
  const int log = open(log_file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (log < 0) return -1;
  const pid_t child = fork();
  if (child == 0) become(program, log, SIGQUIT);
  close(log);
  return child;
}

}  // namespace mcph::test
