#include "app/command_line.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace mcph::app {

const char kUsage[] =
    "usage: mcp-host COMMAND [--config FILE]\n"
    "\n"
    "  serve            serve until SIGTERM or SIGINT; SIGHUP reads the TLS certificate again\n"
    "  migrate          bring the database schema up to date\n"
    "  config check     check the configuration and say OK, or every mistake in it\n"
    "  config example   print a documented configuration\n"
    "  admin-token      make a bearer token for the admin API and print it, once\n"
    "                   [--name NAME] [--expires-days DAYS]\n"
    "  doctor           go a client's and a user's way through the host that is running, PingOne\n"
    "                   and the APIs of plugins; say what is wrong and where to mend it [-o json]\n"
    "                   Exit status: 0 all well, 10 the host, 11 PingOne, 12 an API is wrong.\n"
    "  version          print the version\n"
    "\n"
    "Without --config, the file is $MCPH_CONFIG or /etc/mcp-host/mcp-host.toml.\n"
    "Exit status: 0 done, 1 failed, 2 wrong command line, 3 wrong configuration.\n";

namespace {

struct CommandWord {
  const char* first;
  const char* second;
  Command command;
};

constexpr std::array<CommandWord, 10> kCommands{{
    {"serve", "", Command::kServe},
    {"migrate", "", Command::kMigrate},
    {"config", "check", Command::kConfigCheck},
    {"config", "example", Command::kConfigExample},
    {"admin-token", "", Command::kAdminToken},
    {"doctor", "", Command::kDoctor},
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

Result<> read_option(const std::string& name, const std::string& value, CommandLine& line) {
  const bool is_token = line.command == Command::kAdminToken;
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
  for (std::size_t i = found->second[0] == '\0' ? 1 : 2; i < arguments.size(); i += 2) {
    if (i + 1 == arguments.size()) return wrong(arguments[i] + " needs a value, or is unknown");
    TRY(read_option(arguments[i], arguments[i + 1], line));
  }
  return line;
}

}  // namespace mcph::app
