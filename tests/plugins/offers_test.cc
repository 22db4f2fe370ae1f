// Tools that a plugin knows only with its configuration, and one file as several plugins.
#include "support.h"

namespace mcph::plugins {
namespace {

std::vector<std::string> tools_of(const Host& host) {
  std::vector<std::string> names;
  for (const auto& tool : host.registry->offers()->tools.items) names.push_back(tool.name);
  return names;
}

PluginSettings names(const std::string& list) {
  return {.config_json = R"({"names":)" + list + "}"};
}

TEST(Offers, AddsWhatTheConfigurationAsksFor) {
  Host host({"greets"}, with("greets", names(R"(["ada","bob"])")));
  EXPECT_EQ(host.refusal(), "");
  EXPECT_EQ(tools_of(host), (std::vector<std::string>{"ada", "bob"}));
  EXPECT_EQ(host.registry->offers()->scope_words.at("greet"), "Say hello");
  EXPECT_EQ(host.registry->list_plugins().at(0).tools.size(), 2u);
  EXPECT_NE(host.call("bob").text.find("needs the scope greet"), std::string::npos);
  host.scopes = {"greet"};
  EXPECT_EQ(text_of(host.call("bob")), "Hello from bob");
}

TEST(Offers, HoldsThemToTheRulesOfAnyTool) {
  const std::pair<const char*, const char*> cases[] = {
      {R"(["no name"])", "tool 0: a name has 1 to 128 of A-Z a-z 0-9 _ - ."},
      {R"(["ada","ada"])", "offers tool ada twice"},
  };
  for (const auto& [list, reason] : cases) {
    const Host host({"greets"}, with("greets", names(list)));
    EXPECT_EQ(host.refusal(), std::string("its start() failed with status -9: ") + reason);
    EXPECT_TRUE(tools_of(host).empty());
  }
}

TEST(Offers, TakesNoToolTwiceAndNoneAfterTheStart) {
  Host host({"faulty/offers_again"});
  EXPECT_EQ(host.refusal(), "");
  EXPECT_EQ(tools_of(host), std::vector<std::string>{"offers_again"});
  EXPECT_EQ(text_of(host.call("offers_again")), "unavailable");
}

TEST(Offers, LetsOneFileBeSeveralPluginsUnderSeveralNames) {
  RegistrySettings settings = with("greets", names(R"(["ada"])"));
  settings.plugins["other"] = names(R"(["bob"])");
  settings.plugins["third"] = names(R"(["cid","ada"])");
  Host host({"greets", "greets>other", "greets>third"}, settings);
  const auto list = host.registry->list_plugins();
  ASSERT_EQ(list.size(), 3u);
  EXPECT_EQ(tools_of(host), (std::vector<std::string>{"ada", "bob"}));
  EXPECT_EQ(host.registry->offers()->tools.find("bob")->plugin, "other");
  EXPECT_EQ(list[2].reason, "tool ada is offered by greets");
}

}  // namespace
}  // namespace mcph::plugins
