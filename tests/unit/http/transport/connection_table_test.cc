#include "http/transport/connection_table.h"

#include <gtest/gtest.h>

#include <memory>
#include <set>

namespace mcph::http {
namespace {

class Table : public testing::Test {
 protected:
  ConnectionId add() {
    return table_.add(Channel(FileDescriptor(), nullptr), "192.0.2.1", *context_)->id();
  }

  Timeouts timeouts_;
  Limits limits_;
  RequestHandler handler_;
  SystemClock clock_;
  Log log_{clock_, 2, LogLevel::kError};
  std::atomic<bool> draining_{false};
  std::unique_ptr<WorkerContext> context_{new WorkerContext{
      timeouts_, limits_, handler_, log_, draining_, std::make_shared<Mailbox>()}};
  ConnectionTable table_;
};

TEST_F(Table, FindsWhatWasAddedAndNothingElse) {
  const ConnectionId a = add();
  const ConnectionId b = add();
  EXPECT_NE(a, b);
  EXPECT_EQ(table_.find(a)->id(), a);
  EXPECT_EQ(table_.find(b)->id(), b);
  EXPECT_EQ(table_.find(static_cast<ConnectionId>(0)), nullptr);
  EXPECT_EQ(table_.find(static_cast<ConnectionId>(~std::uint64_t{0})), nullptr);
}

TEST_F(Table, NeverGivesAnIdTwiceAlthoughItReusesTheSlot) {
  std::set<ConnectionId> seen;
  for (int i = 0; i < 1000; ++i) {
    const ConnectionId id = add();
    EXPECT_TRUE(seen.insert(id).second);
    table_.remove(id);
    EXPECT_EQ(table_.find(id), nullptr);
  }
  EXPECT_EQ(table_.slot_count(), 1u);
  const ConnectionId last = add();
  for (const ConnectionId old : seen) EXPECT_EQ(table_.find(old), nullptr);
  EXPECT_NE(table_.find(last), nullptr);
}

TEST_F(Table, RemovesNothingForAnIdThatIsGone) {
  const ConnectionId old = add();
  table_.remove(old);
  const ConnectionId current = add();
  table_.remove(old);
  EXPECT_NE(table_.find(current), nullptr);
}

TEST_F(Table, HasIdsThatAreNoTagOfTheWorkersOwn) {
  for (int i = 0; i < 10; ++i) {
    const auto id = static_cast<std::uint64_t>(add());
    EXPECT_GT(id, kTimerTag);
  }
}

}  // namespace
}  // namespace mcph::http
