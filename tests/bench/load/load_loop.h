// A closed loop of requests: every connection sends its next one when it has checked the reply to
// the last. One thread, one epoll.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "arguments.h"

struct Measured {
  std::vector<std::uint32_t> latencies_100ns;  // of the measured replies
  std::size_t wrong = 0;                       // replies that were not as expected
  std::size_t reconnects = 0;                  // the server closed, or said it would
  std::string first_problem;
  double seconds = 0;
  double server_cpu_seconds = 0;
};

// Throws std::runtime_error when the server cannot be reached.
Measured run_load(const Arguments& arguments);
