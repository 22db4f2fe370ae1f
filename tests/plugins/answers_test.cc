// What becomes of an answer, and of everything that is none.
#include "support.h"

namespace mcph::plugins {
namespace {

struct Expected {
  const char* tool;
  Kind kind;
  const char* text;  // of the outcome, or of its one block
};

TEST(Answer, OfAFaultyPluginNeverReachesTheClientAndIsCounted) {
  const Expected cases[] = {
      {"returns_nothing", Kind::kFailed, "The tool gave no answer."},
      {"returns_unknown_status", Kind::kResult, "The tool failed."},
      {"answers_twice", Kind::kFailed, "The tool gave an answer that is not valid."},
      {"answers_after_fail", Kind::kResult, "not there"},
      {"invalid_utf8", Kind::kFailed, "The tool gave an answer that is not valid."},
      {"invalid_json", Kind::kFailed, "The tool gave an answer that is not valid."},
      {"huge_result", Kind::kFailed, "The tool gave an answer that is not valid."},
      {"breaks_output_schema", Kind::kFailed, "The tool gave an answer that is not valid."},
      {"fails_badly", Kind::kResult, "The tool failed."},
      {"null_views", Kind::kResult, "The tool failed."},
      {"pending_inline", Kind::kResult, "The tool failed."},
      {"image_without_bytes", Kind::kFailed, "The tool gave an answer that is not valid."},
      {"unknown_block", Kind::kFailed, "The tool gave an answer that is not valid."},
      {"asks_nothing", Kind::kFailed, "The tool gave an answer that is not valid."},
      {"asks_unknown", Kind::kFailed, "The tool gave an answer that is not valid."},
      {"asks_twice", Kind::kFailed, "The tool gave an answer that is not valid."},
      {"asks_and_answers", Kind::kFailed, "The tool gave an answer that is not valid."},
      {"answers_after_asking", Kind::kFailed, "The tool gave an answer that is not valid."},
      {"asks_and_vanishes", Kind::kResult, "The tool failed."},
      {"huge_state", Kind::kFailed, "The tool gave an answer that is not valid."},
      {"wild_question", Kind::kFailed, "The tool gave an answer that is not valid."},
  };
  for (const Expected& expected : cases) {
    Host host({std::string("faulty/") + expected.tool});
    const auto outcome = host.call(expected.tool);
    EXPECT_EQ(outcome.kind, expected.kind) << expected.tool;
    if (outcome.kind == Kind::kResult) {
      EXPECT_TRUE(outcome.is_error) << expected.tool;
      EXPECT_EQ(text_of(outcome), expected.text) << expected.tool;
    } else {
      EXPECT_EQ(outcome.text, expected.text) << expected.tool;
    }
    EXPECT_EQ(host.registry->faults(), 1u) << expected.tool;
  }
}

TEST(Answer, StopsExceptionsAndKeepsTheirTextToTheLog) {
  Host host({"throws"});
  for (const char* tool : {"throw_standard", "throw_raw"}) {
    const auto outcome = host.call(tool);
    EXPECT_EQ(outcome.kind, Kind::kResult);
    EXPECT_TRUE(outcome.is_error);
    EXPECT_EQ(text_of(outcome), "The tool failed.");
  }
  EXPECT_NE(host.logged().find("secret of the developer"), std::string::npos);
}

TEST(Answer, ShowsTheTextOfAFailureToTheModel) {
  Host host({"throws"});
  EXPECT_EQ(text_of(host.call("throw_failure")), "There is no such thing.");
  const auto half = host.call("throw_half_way");
  EXPECT_TRUE(half.is_error);
  EXPECT_EQ(text_of(half), "Then it broke.");
  const auto refused = host.call("throw_arguments");
  EXPECT_EQ(refused.kind, Kind::kInvalidParams);
  EXPECT_EQ(refused.text, "No such colour.");
}

TEST(Arguments, AreCheckedBeforeThePluginSeesThem) {
  Host host({"hello_cpp"});
  const auto outcome = host.call("greet", R"({"name":7})");
  EXPECT_EQ(outcome.kind, Kind::kBadArguments);
  EXPECT_EQ(outcome.text, "Input validation error: /name: expected string");
  EXPECT_EQ(host.call("greet", "{}").text, "Input validation error: missing property \"name\"");
}

TEST(Scope, IsAskedOfTheCaller) {
  Host host({"scoped"});
  EXPECT_EQ(host.registry->offers()->tools.items[0].scopes,
            std::vector<std::string>{"admin:everything"});
  EXPECT_EQ(host.registry->offers()->scope_words.at("admin:everything"), "Rule the world");
  EXPECT_EQ(host.call("rule_the_world").kind, Kind::kFailed);
  host.scopes = {"tools", "admin:everything"};
  EXPECT_EQ(text_of(host.call("rule_the_world")), "You may.");
}

TEST(UnknownTool, IsSaidToBeUnknown) {
  Host host({"hello_c"});
  EXPECT_EQ(host.call("hello_from_d").kind, Kind::kUnknown);
}

}  // namespace
}  // namespace mcph::plugins
