#include "mcp/request_state.h"

#include <gtest/gtest.h>

#include "crypto/key_ring.h"
#include "mcp/limits.h"
#include "unit/mcp/support/endpoint_host.h"

namespace mcph::test {
namespace {

using mcp::Action;
using mcp::RequestStates;

json::object parse(std::string_view text) {
  return parse_json(text)->as_object();
}

struct RequestStateTest : testing::Test {
  FakeClock clock;
  FakeRandom random;
  const crypto::KeyRing ring = make_key_ring();
  const RequestStates states{ring, clock, random};
  const std::string binding =
      RequestStates::make_binding(*make_caller(), Action::kCallTool, "t", parse(R"({"a":1})"));
};

TEST_F(RequestStateTest, ComesBackAsItWas) {
  const std::string sealed = states.seal({3, std::string("a\0b", 3)}, binding);
  const auto opened = states.open(sealed, binding);
  ASSERT_TRUE(opened.has_value());
  EXPECT_EQ(opened->attempt, 3u);
  EXPECT_EQ(opened->state, std::string("a\0b", 3));
}

TEST_F(RequestStateTest, IsAnotherOneEveryTime) {
  EXPECT_NE(states.seal({1, "s"}, binding), states.seal({1, "s"}, binding));
}

TEST_F(RequestStateTest, TellsNothingAndCannotBeChanged) {
  const std::string sealed = states.seal({1, "secret state"}, binding);
  EXPECT_EQ(sealed.find("secret"), std::string::npos);
  EXPECT_FALSE(states.open(sealed + "-TAMPERED", binding));
  EXPECT_FALSE(states.open(sealed + "A", binding));
  EXPECT_FALSE(states.open(sealed.substr(1), binding));
  EXPECT_FALSE(states.open("", binding));
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(states.open(changed, binding)) << i;
  }
}

TEST_F(RequestStateTest, IsGoodForTheCallItWasMadeForAlone) {
  const std::string sealed = states.seal({1, "s"}, binding);
  const auto bound_to = [](CallerPtr caller, Action action, std::string_view name,
                           std::string_view arguments) {
    return RequestStates::make_binding(*caller, action, name, parse(arguments));
  };
  constexpr auto kTool = Action::kCallTool;
  EXPECT_TRUE(states.open(sealed, bound_to(make_caller(), kTool, "t", R"({"a":1})")));
  EXPECT_FALSE(states.open(sealed, bound_to(make_caller("bob"), kTool, "t", R"({"a":1})")));
  EXPECT_FALSE(states.open(sealed, bound_to(make_caller("ann", "web"), kTool, "t", R"({"a":1})")));
  EXPECT_FALSE(states.open(sealed, bound_to(make_caller(), Action::kGetPrompt, "t", R"({"a":1})")));
  EXPECT_FALSE(states.open(sealed, bound_to(make_caller(), kTool, "u", R"({"a":1})")));
  EXPECT_FALSE(states.open(sealed, bound_to(make_caller(), kTool, "t", R"({"a":2})")));
  EXPECT_FALSE(states.open(sealed, bound_to(make_caller(), kTool, "t", "{}")));
}

TEST_F(RequestStateTest, TheOrderOfMembersDoesNotMatterThatOfElementsDoes) {
  const auto bind = [](std::string_view arguments) {
    return RequestStates::make_binding(*make_caller(), Action::kCallTool, "t", parse(arguments));
  };
  EXPECT_EQ(bind(R"({"a":1,"b":{"c":[1,2],"d":"x"}})"), bind(R"({"b":{"d":"x","c":[1,2]},"a":1})"));
  EXPECT_NE(bind(R"({"a":[1,2]})"), bind(R"({"a":[2,1]})"));
  EXPECT_NE(bind(R"({"a":{"b":1}})"), bind(R"({"a":{},"b":1})"));
}

TEST_F(RequestStateTest, EndsAfterItsTime) {
  const std::string sealed = states.seal({1, "s"}, binding);
  clock.advance(mcp::limits::kRequestStateTtl - Seconds(1));
  EXPECT_TRUE(states.open(sealed, binding));
  clock.advance(Seconds(1));
  EXPECT_FALSE(states.open(sealed, binding));
}

TEST_F(RequestStateTest, WorksOnEveryHostWithTheKeyAndOnNoOther) {
  const std::string sealed = states.seal({1, "s"}, binding);
  EXPECT_TRUE(RequestStates(make_key_ring(), clock, random).open(sealed, binding));
  EXPECT_FALSE(RequestStates(make_key_ring('x'), clock, random).open(sealed, binding));
}

TEST_F(RequestStateTest, TooLongIsNotEvenOpened) {
  EXPECT_FALSE(states.open(std::string(mcp::limits::kRequestStateBytesMax + 1, 'A'), binding));
  // What a plugin may give at most still fits.
  const std::string most = states.seal({1, std::string(64 * 1024, 's')}, binding);
  EXPECT_LE(most.size(), mcp::limits::kRequestStateBytesMax);
  EXPECT_TRUE(states.open(most, binding));
}

}  // namespace
}  // namespace mcph::test
