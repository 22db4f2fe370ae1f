#include "app/environment_settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mcph::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ExpandVariables : public ::testing::Test {
 protected:
  std::string expand(const std::string& text) {
    Settings settings{{"public_url", {text, "file:1:1"}}};
    expand_variables({{"HOST", "example.com"}, {"EMPTY", ""}, {"NESTED", "${HOST}"}}, settings,
                     problems_);
    return std::get<std::string>(settings.at("public_url").value);
  }
  Problems problems_;
};

TEST_F(ExpandVariables, ReplacesEachOne) {
  EXPECT_EQ(expand("https://${HOST}/${HOST}"), "https://example.com/example.com");
  EXPECT_EQ(expand("a${EMPTY}b"), "ab");
  EXPECT_THAT(problems_, IsEmpty());
}

TEST_F(ExpandVariables, TakesAValueAsItIs) {
  EXPECT_EQ(expand("${NESTED}"), "${HOST}");
}

TEST_F(ExpandVariables, LeavesADollarAloneAndKnowsAnEscape) {
  EXPECT_EQ(expand("5$ $HOST $${HOST}"), "5$ $HOST ${HOST}");
  EXPECT_THAT(problems_, IsEmpty());
}

TEST_F(ExpandVariables, ComplainsAboutAnUnsetOne) {
  expand("${NONE}");
  EXPECT_THAT(problems_, ElementsAre(HasSubstr("file:1:1: the environment has no variable NONE")));
}

TEST_F(ExpandVariables, ComplainsAboutOneThatDoesNotEnd) {
  for (const auto* text : {"${HOST", "${}", "${HO ST}", "${"}) {
    problems_.clear();
    expand(text);
    EXPECT_THAT(problems_, ElementsAre(HasSubstr("file:1:1: ${ without"))) << text;
  }
}

TEST_F(ExpandVariables, ReachesIntoListsAndTables) {
  Settings settings{
      {"oauth.scopes", {std::vector<std::string>{"${HOST}"}, "file:1:1"}},
      {"plugin.a.config",
       {json::parse(R"({"a":["${HOST}"],"b":{"c":"${HOST}"}})").as_object(), "file:2:1"}}};
  expand_variables({{"HOST", "h"}}, settings, problems_);
  EXPECT_THAT(std::get<std::vector<std::string>>(settings.at("oauth.scopes").value),
              ElementsAre("h"));
  EXPECT_EQ(json::value(std::get<json::object>(settings.at("plugin.a.config").value)),
            json::parse(R"({"a":["h"],"b":{"c":"h"}})"));
}

}  // namespace
}  // namespace mcph::app
