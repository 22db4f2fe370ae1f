// Runs programs, for fixtures.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace mcph::test {

struct Outcome {
  int exit_code = -1;  // -1: could not be started or was killed
  std::string output;  // stdout and stderr
};

// To its end. `user` empty: as whom we are.
Outcome run(const std::vector<std::string>& command, const std::string& user = {});
// In the background, its output appended to a file. It gets SIGQUIT when the calling thread ends in
// whatever way, so that a crashed test leaves nothing running. -1 when it cannot be started.
pid_t start(const std::vector<std::string>& command, const std::string& user,
            const std::string& log_file);

}  // namespace mcph::test
