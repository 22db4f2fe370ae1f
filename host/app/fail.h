// How a command says that it failed: both texts of the error, as whoever runs it may read the log.
#pragma once

#include <cstdio>

#include "app/command_line.h"
#include "base/result.h"

namespace mcph::app {

inline int fail(const Error& error) {
  std::fprintf(stderr, "mcp-host: %s%s%s\n", error.message.c_str(),
               error.detail.empty() ? "" : ": ", error.detail.c_str());
  return kExitFailed;
}

}  // namespace mcph::app
