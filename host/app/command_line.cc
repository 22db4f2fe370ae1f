#include "app/command_line.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace mcph::app {

const char kUsage[] =
    "usage: mcp-host COMMAND [--config FILE]\n"
    "\n"
    "  serve            serve until SIGTERM or SIGINT; SIGHUP reads certificate and key ring "
    "again\n"
    "  migrate          bring the database schema up to date\n"
    "  config check     check the configuration and say OK, or every mistake in it\n"
    "  config example   print a documented configuration\n"
    "  admin-token      make a bearer token for the admin API and print it, once\n"
    "                   [--name NAME] [--expires-days DAYS]\n"
    "  doctor           go a client's and a user's way through the host that is running, PingOne\n"
    "                   and the APIs of plugins; say what is wrong and where to mend it [-o json]\n"
    "                   [--sign-in] also signs you in, and tries tools that change nothing\n"
    "                   Exit status: 0 all well, 10 the host, 11 PingOne, 12 an API is wrong.\n"
    "  keys list        the keys of tokens, forms, sessions, …, and their states\n"
    "  keys rotate PURPOSE|all\n"
    "                   make the next key, which replaces the active one when all hosts know it\n"
    "  keys rewrap      wrap every key anew under the first key of the ring, while hosts serve\n"
    "                   [--status] only says how much is left\n"
    "  keys destroy ID  destroy a retired key now: what it made is refused from then on\n"
    "  keys new-kek     print a new line for the key ring file\n"
    "  audit verify     check the audit record from end to end\n"
    "                   [--witness NUMBER:HASH] also against what was noted down earlier\n"
    "  audit export     print it, one JSON object a line [--after NUMBER] [--type TYPE]\n"
    "  audit tail       print its end [--lines COUNT] [--type TYPE] [--follow]\n"
    "  version          print the version\n"
    "\n"
    "Without --config, the file is $MCPH_CONFIG or /etc/mcp-host/mcp-host.toml.\n"
    "Exit status: 0 done, 1 failed, 2 wrong command line, 3 wrong configuration.\n";

namespace {

struct CommandWord {
  const char* first;
  const char* second;
  Command command;
  bool takes_operand = false;
};

constexpr std::array<CommandWord, 18> kCommands{{
    {"serve", "", Command::kServe},
    {"migrate", "", Command::kMigrate},
    {"config", "check", Command::kConfigCheck},
    {"config", "example", Command::kConfigExample},
    {"admin-token", "", Command::kAdminToken},
    {"doctor", "", Command::kDoctor},
    {"keys", "list", Command::kKeysList},
    {"keys", "rotate", Command::kKeysRotate, true},
    {"keys", "rewrap", Command::kKeysRewrap},
    {"keys", "destroy", Command::kKeysDestroy, true},
    {"keys", "new-kek", Command::kKeysNewKek},
    {"audit", "verify", Command::kAuditVerify},
    {"audit", "export", Command::kAuditExport},
    {"audit", "tail", Command::kAuditTail},
    {"version", "", Command::kVersion},
    {"--version", "", Command::kVersion},
    {"help", "", Command::kHelp},
    {"--help", "", Command::kHelp},
}};

Error wrong(std::string what) {
  return Error{Code::kInvalid, std::move(what), {}};
}

Result<Seconds> parse_days(const std::string& text) {
  constexpr int kDaysMax = 3650;
  int days = 0;
  const char* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, days);
  if (error != std::errc{} || at != end || days < 1 || days > kDaysMax) {
    return wrong("--expires-days must be between 1 and " + std::to_string(kDaysMax));
  }
  return Seconds(days * 24 * 3600);
}

Result<std::int64_t> parse_count(const std::string& name, const std::string& text,
                                 std::int64_t max) {
  std::int64_t count = 0;
  const char* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, count);
  if (error != std::errc{} || at != end || count < 0 || count > max) {
    return wrong(name + " must be a number up to " + std::to_string(max));
  }
  return count;
}

// Options that stand alone. False when it is none of them.
bool read_flag(const std::string& name, CommandLine& line) {
  if (name == "--sign-in" && line.command == Command::kDoctor) return line.signs_in = true;
  if (name == "--status" && line.command == Command::kKeysRewrap) return line.status_only = true;
  if (name == "--follow" && line.command == Command::kAuditTail) return line.follow = true;
  return false;
}

Result<> read_option(const std::string& name, const std::string& value, CommandLine& line) {
  constexpr std::int64_t kLinesMax = 10'000;
  const Command command = line.command;
  const bool is_token = command == Command::kAdminToken;
  const bool is_list = command == Command::kAuditExport || command == Command::kAuditTail;
  if (name == "--config") {
    line.config_file = value;
  } else if (name == "--name" && is_token) {
    if (value.empty() || value.size() > 128) return wrong("--name must have 1 to 128 bytes");
    line.token_name = value;
  } else if (name == "--expires-days" && is_token) {
    line.token_lifetime = TRY(parse_days(value));
  } else if (name == "-o" && line.command == Command::kDoctor) {
    if (value != "json" && value != "text") return wrong("-o must be json or text");
    line.as_json = value == "json";
  } else if (name == "--witness" && command == Command::kAuditVerify) {
    line.witness = value;
  } else if (name == "--type" && is_list) {
    line.event_type = value;
  } else if (name == "--after" && command == Command::kAuditExport) {
    line.after = TRY(parse_count(name, value, std::numeric_limits<std::int64_t>::max()));
  } else if (name == "--lines" && command == Command::kAuditTail) {
    line.lines = static_cast<std::size_t>(TRY(parse_count(name, value, kLinesMax)));
  } else {
    return wrong("there is no option " + name + " here");
  }
  return Ok{};
}

}  // namespace

Result<CommandLine> parse_command_line(const std::vector<std::string>& arguments,
                                       const std::string& default_config) {
  if (arguments.empty()) return wrong("a command is missing");
  const std::string second = arguments.size() > 1 ? arguments[1] : "";
  const auto* found =
      std::find_if(kCommands.begin(), kCommands.end(), [&](const CommandWord& word) {
        return arguments[0] == word.first && (word.second[0] == '\0' || second == word.second);
      });
  if (found == kCommands.end()) return wrong("there is no command " + arguments[0] + " " + second);
  CommandLine line;
  line.command = found->command;
  line.config_file = default_config;
  std::size_t i = found->second[0] == '\0' ? 1 : 2;
  if (found->takes_operand) {
    if (i == arguments.size() || arguments[i].starts_with("--")) {
      return wrong(arguments[0] + " " + second + " needs to be told of what");
    }
    line.operand = arguments[i++];
  }
  while (i < arguments.size()) {
    if (read_flag(arguments[i], line)) {
      ++i;
      continue;
    }
    if (i + 1 == arguments.size()) return wrong(arguments[i] + " needs a value, or is unknown");
    TRY(read_option(arguments[i], arguments[i + 1], line));
    i += 2;
  }
  return line;
}

}  // namespace mcph::app
