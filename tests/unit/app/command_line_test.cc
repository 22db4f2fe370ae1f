#include "app/command_line.h"

#include <gtest/gtest.h>

namespace mcph::app {
namespace {

using Arguments = std::vector<std::string>;

Result<CommandLine> parse(const Arguments& arguments) {
  return parse_command_line(arguments, "/etc/default.toml");
}

TEST(ParseCommandLine, KnowsEveryCommand) {
  EXPECT_EQ(parse({"serve"})->command, Command::kServe);
  EXPECT_EQ(parse({"migrate"})->command, Command::kMigrate);
  EXPECT_EQ(parse({"config", "check"})->command, Command::kConfigCheck);
  EXPECT_EQ(parse({"config", "example"})->command, Command::kConfigExample);
  EXPECT_EQ(parse({"admin-token"})->command, Command::kAdminToken);
  EXPECT_EQ(parse({"version"})->command, Command::kVersion);
  EXPECT_FALSE(parse({"doctor"})->as_json);
  EXPECT_TRUE(parse({"doctor", "-o", "json"})->as_json);
  EXPECT_FALSE(parse({"doctor", "-o", "xml"}).ok());
  EXPECT_FALSE(parse({"serve", "-o", "json"}).ok());
  EXPECT_EQ(parse({"--help"})->command, Command::kHelp);
}

TEST(ParseCommandLine, TakesTheConfigurationFileOrItsDefault) {
  EXPECT_EQ(parse({"serve"})->config_file, "/etc/default.toml");
  EXPECT_EQ(parse({"serve", "--config", "a.toml"})->config_file, "a.toml");
  EXPECT_EQ(parse({"config", "check", "--config", "a.toml"})->config_file, "a.toml");
}

TEST(ParseCommandLine, ReadsTheOptionsOfAnAdminToken) {
  const auto line = parse({"admin-token", "--name", "alice", "--expires-days", "7"});
  ASSERT_TRUE(line.ok());
  EXPECT_EQ(line->token_name, "alice");
  EXPECT_EQ(line->token_lifetime, Seconds(7 * 24 * 3600));
  EXPECT_FALSE(parse({"admin-token"})->token_lifetime);
}

TEST(ParseCommandLine, RefusesWhatItDoesNotKnow) {
  for (const Arguments& wrong :
       {Arguments{}, Arguments{"start"}, Arguments{"config"}, Arguments{"config", "print"},
        Arguments{"serve", "--config"}, Arguments{"serve", "--verbose", "1"},
        Arguments{"serve", "--name", "alice"}, Arguments{"admin-token", "--name", ""},
        Arguments{"admin-token", "--expires-days", "0"},
        Arguments{"admin-token", "--expires-days", "7d"},
        Arguments{"admin-token", "--expires-days", "99999"}}) {
    EXPECT_FALSE(parse(wrong).ok()) << ::testing::PrintToString(wrong);
  }
}

}  // namespace
}  // namespace mcph::app
