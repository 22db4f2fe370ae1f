// The command line of mcp-host as a value.
#pragma once

#include <cstdint>
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
  kKeysList,
  kKeysRotate,
  kKeysRewrap,
  kKeysDestroy,
  kKeysNewKek,
  kAuditVerify,
  kAuditExport,
  kAuditTail,
  kVersion,
  kHelp,
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
  bool as_json = false;      // of doctor
  bool signs_in = false;     // of doctor
  std::string operand;       // of keys rotate and keys destroy
  bool status_only = false;  // of keys rewrap
  std::string witness;       // of audit verify; may be empty
  std::int64_t after = 0;    // of audit export
  std::string event_type;    // of audit export and tail; empty: all
  std::size_t lines = 10;    // of audit tail
  bool follow = false;
};

// `arguments` without the program's name; `default_config` is used when --config is not given.
Result<CommandLine> parse_command_line(const std::vector<std::string>& arguments,
                                       const std::string& default_config);

extern const char kUsage[];

}  // namespace mcph::app
