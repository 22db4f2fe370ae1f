// The command line of bench-load.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

struct Arguments {
  std::string host;
  std::uint16_t port = 0;
  std::string request;  // as sent, head and body
  std::size_t connections = 8;
  std::chrono::milliseconds duration{5000};
  std::chrono::milliseconds warm_up{500};
  std::optional<int> core;  // to run on
  int expect_status = 200;
  std::string expect_text;        // somewhere in every body, if not empty
  std::optional<int> server_pid;  // whose CPU time is reported
  bool json = false;              // one line for programs instead of text
};

// Nothing after an error was printed.
std::optional<Arguments> parse_arguments(int argc, char** argv);
