#include "observability/log.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "base/json.h"
#include "support/fake_clock.h"

namespace mcph {
namespace {

class LogTest : public testing::Test {
 protected:
  LogTest() { EXPECT_EQ(pipe2(pipe_, O_NONBLOCK | O_CLOEXEC), 0); }
  ~LogTest() override {
    close(pipe_[0]);
    close(pipe_[1]);
  }
  std::string written() {
    char buffer[4096];
    const ssize_t n = read(pipe_[0], buffer, sizeof buffer);
    return n > 0 ? std::string(buffer, static_cast<std::size_t>(n)) : std::string();
  }

  int pipe_[2] = {-1, -1};
  test::FakeClock clock_{1'800'000'000};
};

TEST_F(LogTest, WritesOneJsonObjectALine) {
  const Log log(clock_, pipe_[1], LogLevel::kInfo);
  log.info("signin.finished", {{"client", "c1"}, {"count", 7}, {"ok", true}});
  EXPECT_EQ(written(), R"({"time":"2027-01-15T08:00:00Z","level":"info","event":"signin.finished",)"
                       R"("client":"c1","count":7,"ok":true})"
                       "\n");
}

TEST_F(LogTest, EscapesWhateverAFieldHolds) {
  const Log log(clock_, pipe_[1], LogLevel::kInfo);
  const std::string hostile("a\"b\\c\nd\0e\x7f", 10);
  log.info("e", {{"good", hostile}, {"bad", "\xff\xfe"}, {"utf8", "\xc3\xa9"}});
  const std::string line = written();
  EXPECT_EQ(line.find('\n'), line.size() - 1) << "nobody can forge a second line";
  const auto value = parse_json(line.substr(0, line.size() - 1));
  ASSERT_TRUE(value.ok()) << line;
  EXPECT_EQ(find_string(value->get_object(), "good"), hostile);
  EXPECT_EQ(find_string(value->get_object(), "utf8"), "\xc3\xa9");
}

TEST_F(LogTest, LeavesOutWhatIsBelowItsLevel) {
  Log log(clock_, pipe_[1], LogLevel::kWarn);
  log.debug("no");
  log.info("no");
  EXPECT_EQ(written(), "");
  log.warn("yes");
  EXPECT_NE(written().find(R"("level":"warn")"), std::string::npos);
  log.set_level(LogLevel::kDebug);
  log.debug("now");
  EXPECT_NE(written().find(R"("event":"now")"), std::string::npos);
}

TEST_F(LogTest, GivesBothTextsOfAnError) {
  const Log log(clock_, pipe_[1], LogLevel::kInfo);
  log.failure(LogLevel::kError, "store.failed", {Code::kInternal, "told", "hidden"});
  EXPECT_NE(written().find(R"("message":"told","detail":"hidden")"), std::string::npos);
}

TEST_F(LogTest, DropsLinesThatCannotBeWritten) {
  const Log log(clock_, -1, LogLevel::kInfo);
  log.info("lost");
  EXPECT_EQ(written(), "");
}

TEST(ParseLogLevel, KnowsTheFourNames) {
  EXPECT_EQ(*parse_log_level("debug"), LogLevel::kDebug);
  EXPECT_EQ(*parse_log_level("info"), LogLevel::kInfo);
  EXPECT_EQ(*parse_log_level("warn"), LogLevel::kWarn);
  EXPECT_EQ(*parse_log_level("error"), LogLevel::kError);
  EXPECT_FALSE(parse_log_level("Info").ok());
  EXPECT_FALSE(parse_log_level("").ok());
}

}  // namespace
}  // namespace mcph
