// need_input(): what reaches the client, and what a later round gets.
#include "support.h"

namespace mcph::plugins {
namespace {

TEST(Question, ReachesTheHandlerAgainWithAnswersStateAndItsNumber) {
  Host host({"rounds"});
  host.meta = R"({"traceparent":"t"})";
  const auto first = host.call("rounds");
  ASSERT_EQ(first.kind, Kind::kNeedsInput);
  EXPECT_EQ(first.state, std::string("0\0x", 3)) << "bytes, not text";
  EXPECT_EQ(first.arguments, "{}");
  EXPECT_EQ(first.meta, R"({"traceparent":"t"})");
  const auto second = host.begin({.name = "rounds",
                                  .attempt = 1,
                                  .input_responses = R"({"q":{"roots":[]}})",
                                  .state = first.state})
                          .observer->wait();
  EXPECT_EQ(text_of(second), R"(1 {"q":{"roots":[]}} 3)");
}

TEST(Question, MayBeAskedByAPromptAndByAResource) {
  Host host({"rounds"});
  const auto prompt = host.ask(mcp::Action::kGetPrompt, "rounds");
  EXPECT_EQ(prompt.kind, Kind::kNeedsInput);
  EXPECT_EQ(prompt.input_requests, R"({"q":{"method":"roots/list","params":{}}})");
  EXPECT_EQ(host.read("test://rounds").kind, Kind::kNeedsInput);
}

TEST(Question, MayComeFromACallThatIsPending) {
  Host host({"rounds"});
  EXPECT_EQ(host.call("rounds_later").kind, Kind::kNeedsInput);
}

TEST(Question, OnTheThreadOfTheCallerFromAToolThatNeverBlocks) {
  Host host({"rounds"});
  const auto call = host.begin("rounds_inline");
  ASSERT_TRUE(call.observer->answered());
  EXPECT_EQ(call.observer->wait().kind, Kind::kNeedsInput);
}

}  // namespace
}  // namespace mcph::plugins
