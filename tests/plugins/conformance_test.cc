// The plugin the conformance suite is run against is loaded whole, and answers.
#include "support.h"

namespace mcph::plugins {
namespace {

TEST(ConformancePlugin, OffersWhatTheSuiteLooksFor) {
  const Host host({"conformance/conformance"});
  EXPECT_EQ(host.refusal(), "");
  const auto offers = host.registry->offers();
  EXPECT_EQ(offers->tools.items.size(), 36u);
  EXPECT_EQ(offers->resources.items.size(), 3u);
  EXPECT_EQ(offers->templates.items.size(), 1u);
  EXPECT_EQ(offers->prompts.items.size(), 5u);
  EXPECT_TRUE(offers->completes);
  EXPECT_TRUE(offers->announces);
}

TEST(ConformancePlugin, AnswersOrAsksInEveryToolWithoutAFault) {
  Host host({"conformance/conformance"});
  for (const mcp::Item& tool : host.registry->offers()->tools.items) {
    if (tool.task_use == mcp::TaskUse::kRequired) continue;
    const auto outcome = host.call(tool.name);
    EXPECT_TRUE(outcome.kind == Kind::kResult || outcome.kind == Kind::kNeedsInput ||
                outcome.kind == Kind::kBadArguments)
        << tool.name << ": " << outcome.text;
  }
  EXPECT_EQ(host.registry->faults(), 0u);
}

TEST(ConformancePlugin, AsksInTwoRounds) {
  Host host({"conformance/conformance"});
  const auto round = [&](std::uint32_t attempt, const char* answers, const std::string& state) {
    return host
        .begin({.name = "test_input_required_result_multi_round",
                .attempt = attempt,
                .input_responses = answers,
                .state = state})
        .observer->wait();
  };
  const auto first = round(0, "", "");
  const auto second =
      round(1, R"({"step1":{"action":"accept","content":{"name":"Ada"}}})", first.state);
  ASSERT_EQ(second.kind, Kind::kNeedsInput);
  EXPECT_NE(second.state, first.state);
  EXPECT_EQ(text_of(round(2, R"({"step2":{"action":"accept","content":{"color":"blue"}}})",
                          second.state)),
            "Ada likes blue.");
}

}  // namespace
}  // namespace mcph::plugins
