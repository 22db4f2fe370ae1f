// What this process asks of the kernel, once, before it has threads.
#pragma once

#include <csignal>

#include "base/result.h"

namespace mcph::app {

// Opens as many files as the hard limit allows, creates files for nobody else, and keeps the memory
// with its secrets out of core files and away from debuggers unless `core_dumps`.
void prepare_process(bool core_dumps);

// SIGTERM, SIGINT and SIGHUP are blocked for every thread that comes after, SIGPIPE is ignored: a
// peer that went away is an error of its write.
class Signals {
 public:
  Signals();
  // Blocks until one arrives.
  int wait() const;

 private:
  sigset_t set_{};
};

}  // namespace mcph::app
