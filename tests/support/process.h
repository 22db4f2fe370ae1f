// Runs programs to their end. For fixtures, not for speed.
#pragma once

#include <string>
#include <vector>

namespace mcph::test {

struct Outcome {
  int exit_code = -1;  // -1: could not be started or was killed
  std::string output;  // stdout and stderr
};

// `user` empty: as whom we are.
Outcome run(const std::vector<std::string>& command, const std::string& user = {});

}  // namespace mcph::test
