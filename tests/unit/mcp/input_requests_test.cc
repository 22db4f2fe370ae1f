#include "mcp/input_requests.h"

#include <gtest/gtest.h>

#include "mcp/client_capabilities.h"

namespace mcph::mcp {
namespace {

std::optional<std::uint16_t> needed(std::string_view method, std::string_view params) {
  return find_needed_capabilities(R"({"k":{"method":")" + std::string(method) + R"(","params":)" +
                                  std::string(params) + "}}");
}

TEST(InputRequests, NeedWhatTheyAskFor) {
  EXPECT_EQ(needed("elicitation/create", "{}"), kCanElicitForm);
  EXPECT_EQ(needed("elicitation/create", R"({"mode":"form"})"), kCanElicitForm);
  EXPECT_EQ(needed("elicitation/create", R"({"mode":"url"})"), kCanElicitUrl);
  EXPECT_EQ(needed("sampling/createMessage", "{}"), kCanSample);
  EXPECT_EQ(needed("sampling/createMessage", R"({"tools":[]})"), kCanSample | kCanSampleWithTools);
  EXPECT_EQ(needed("sampling/createMessage", R"({"toolChoice":{}})"),
            kCanSample | kCanSampleWithTools);
  EXPECT_EQ(needed("roots/list", "{}"), kHasRoots);
  EXPECT_EQ(find_needed_capabilities(R"({"a":{"method":"roots/list"},)"
                                     R"("b":{"method":"elicitation/create","params":{}}})"),
            kHasRoots | kCanElicitForm);
}

TEST(InputRequests, AreOfThreeKindsAndNoOther) {
  EXPECT_FALSE(needed("ping", "{}"));
  EXPECT_FALSE(needed("elicitation/create", R"({"mode":"phone"})"));
  EXPECT_FALSE(needed("elicitation/create", "5"));
  for (const char* wrong : {"", "{}", "[]", "{", R"({"k":5})", R"({"k":{}})",
                            R"({"k":{"method":"sampling/createMessage"}})"}) {
    EXPECT_FALSE(find_needed_capabilities(wrong)) << wrong;
  }
}

TEST(InputRequests, ARevisionKnowsOnlyWhatItHas) {
  constexpr std::uint16_t kAll = 63;
  EXPECT_EQ(known_capabilities(kAll, Version::k2024_11_05), kCanSample | kHasRoots);
  EXPECT_EQ(known_capabilities(kAll, Version::k2025_03_26), kCanSample | kHasRoots);
  EXPECT_EQ(known_capabilities(kAll, Version::k2025_06_18),
            kCanSample | kHasRoots | kCanElicitForm);
  EXPECT_EQ(known_capabilities(kAll, Version::k2025_11_25), kAll & ~kKnowsTasks);
  EXPECT_EQ(known_capabilities(kAll, kModern), kAll);
}

TEST(InputResponses, KeepOnlyWhatIsAnAnswer) {
  const auto filtered = [](std::string_view given) {
    return make_input_responses(parse_json(given)->as_object());
  };
  for (const char* answer :
       {R"({"a":{"action":"accept","content":{"x":1}}})", R"({"a":{"action":"decline"}})",
        R"({"a":{"action":"cancel","content":null}})", R"({"a":{"roots":[]}})",
        R"({"a":{"role":"assistant","content":{"type":"text","text":"t"},"model":"m"}})"}) {
    EXPECT_EQ(filtered(answer), answer);
  }
  for (const char* other :
       {R"({"a":12345})", R"({"a":null})", R"({"a":[]})", R"({"a":{}})",
        R"({"a":{"action":"maybe"}})", R"({"a":{"action":"accept","content":5}})",
        R"({"a":{"role":"assistant"}})", R"({"a":{"role":"assistant","content":"t"}})",
        R"({"a":{"roots":{}}})"}) {
    EXPECT_EQ(filtered(other), "{}") << other;
  }
}

TEST(InputRequests, WhatIsMissingIsSaidInWords) {
  EXPECT_EQ(make_missing_text(kCanSample | kHasRoots),
            "This needs something the client cannot do: ask its model (sampling), list its roots");
}

}  // namespace
}  // namespace mcph::mcp
