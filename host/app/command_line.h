// The command line of mcp-host as a value.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace mcph::app {

enum class Command {
  kServe,
  kMigrate,
  kConfigCheck,
  kConfigExample,
  kAdminToken,
  kDoctor,
  kVersion,
  kHelp
};

// What the process ends with.
enum ExitCode : int {
  kExitDone = 0,
  kExitFailed = 1,     // the database, a port, a file: see the message
  kExitUsage = 2,      // the command line
  kExitBadConfig = 3,  // the configuration: every mistake is listed
};

struct CommandLine {
  Command command = Command::kHelp;
  std::string config_file;
  std::string token_name;  // of admin-token; empty: one is made up
  std::optional<Seconds> token_lifetime;
  bool as_json = false;  // of doctor
};

// `arguments` without the program's name; `default_config` is used when --config is not given.
Result<CommandLine> parse_command_line(const std::vector<std::string>& arguments,
                                       const std::string& default_config);

extern const char kUsage[];

}  // namespace mcph::app
