// mcp-host: see command_line.cc for what it can do.
#include <cstdio>
#include <string>
#include <vector>

#include "app/command_line.h"
#include "app/commands.h"
#include "app/environment.h"
#include "app/process.h"

int main(int argc, char** argv) {
  using namespace mcph::app;
  const Signals signals;  // before the first thread
  const Environment environment = read_environment();
  const auto configured = environment.find("MCPH_CONFIG");
  const std::string default_config =
      configured == environment.end() ? "/etc/mcp-host/mcp-host.toml" : configured->second;

  const auto line =
      parse_command_line(std::vector<std::string>(argv + 1, argv + argc), default_config);
  if (line.ok()) return run_command(*line, environment, signals);
  std::fprintf(stderr, "mcp-host: %s\n\n%s", line.error().message.c_str(), kUsage);
  return kExitUsage;
}
