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
  EXPECT_EQ(parse({"keys", "list"})->command, Command::kKeysList);
  EXPECT_EQ(parse({"keys", "rotate", "all"})->command, Command::kKeysRotate);
  EXPECT_EQ(parse({"keys", "rewrap"})->command, Command::kKeysRewrap);
  EXPECT_EQ(parse({"keys", "destroy", "1f"})->command, Command::kKeysDestroy);
  EXPECT_EQ(parse({"keys", "new-kek"})->command, Command::kKeysNewKek);
  EXPECT_EQ(parse({"audit", "verify"})->command, Command::kAuditVerify);
  EXPECT_EQ(parse({"audit", "export"})->command, Command::kAuditExport);
  EXPECT_EQ(parse({"audit", "tail"})->command, Command::kAuditTail);
  EXPECT_EQ(parse({"version"})->command, Command::kVersion);
  EXPECT_FALSE(parse({"doctor"})->as_json);
  EXPECT_TRUE(parse({"doctor", "-o", "json"})->as_json);
  EXPECT_FALSE(parse({"doctor", "-o", "xml"}).ok());
  EXPECT_TRUE(parse({"doctor", "--sign-in"})->signs_in);
  EXPECT_FALSE(parse({"serve", "--sign-in"}).ok());
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

TEST(ParseCommandLine, ReadsWhatKeysAndAuditAreToldOf) {
  EXPECT_EQ(parse({"keys", "rotate", "oauth.consent", "--config", "a"})->operand, "oauth.consent");
  EXPECT_TRUE(parse({"keys", "rewrap", "--status", "--config", "a"})->status_only);
  EXPECT_EQ(parse({"audit", "verify", "--witness", "1:ff"})->witness, "1:ff");
  const auto tail = parse({"audit", "tail", "--follow", "--lines", "3", "--type", "tool.called"});
  ASSERT_TRUE(tail.ok());
  EXPECT_TRUE(tail->follow);
  EXPECT_EQ(tail->lines, 3u);
  EXPECT_EQ(tail->event_type, "tool.called");
  EXPECT_EQ(parse({"audit", "export", "--after", "17"})->after, 17);
}

TEST(ParseCommandLine, RefusesWhatItDoesNotKnow) {
  for (const Arguments& wrong :
       {Arguments{}, Arguments{"start"}, Arguments{"config"}, Arguments{"config", "print"},
        Arguments{"serve", "--config"}, Arguments{"serve", "--verbose", "1"},
        Arguments{"serve", "--name", "alice"}, Arguments{"admin-token", "--name", ""},
        Arguments{"admin-token", "--expires-days", "0"},
        Arguments{"admin-token", "--expires-days", "7d"},
        Arguments{"admin-token", "--expires-days", "99999"}, Arguments{"keys"},
        Arguments{"keys", "rotate"}, Arguments{"keys", "rotate", "--config", "a"},
        Arguments{"keys", "list", "--status"}, Arguments{"audit", "verify", "--follow"},
        Arguments{"audit", "export", "--after", "-1"},
        Arguments{"audit", "tail", "--lines", "x"}}) {
    EXPECT_FALSE(parse(wrong).ok()) << ::testing::PrintToString(wrong);
  }
}

}  // namespace
}  // namespace mcph::app
