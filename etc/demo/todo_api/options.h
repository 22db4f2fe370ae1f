// The command line of todo-api.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace mcph::todo_api {

struct Options {
  std::string address = "127.0.0.1";
  std::uint16_t port = 9500;
  std::string issuer;    // whose access tokens are accepted
  std::string audience;  // what must stand in their `aud`
  std::string ca_file;   // certificate authorities for the issuer; empty: the system's
  bool allow_faults = false;
};

// `arguments` without the program's name.
Result<Options> parse_options(const std::vector<std::string>& arguments);

extern const char kUsage[];

}  // namespace mcph::todo_api
