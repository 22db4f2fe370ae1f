// Prompts and the completion of their arguments.
#include "support.h"

namespace mcph::plugins {
namespace {

using mcp::Action;

TEST(Prompt, IsListedWithItsArguments) {
  const Host host({"review"});
  EXPECT_EQ(host.registry->offers()->prompts.find("review")->definition,
            R"({"name":"review","title":"Code review","description":"Asks for a review of code.",)"
            R"("arguments":[{"name":"language","description":"Of the code.","required":true}]})");
}

TEST(Prompt, HasItsArgumentsCheckedBeforeThePluginSeesThem) {
  Host host({"review"});
  const auto missing = host.ask(Action::kGetPrompt, "review");
  EXPECT_EQ(missing.kind, Kind::kInvalidParams);
  EXPECT_EQ(missing.text, "Missing required argument: language");
  const auto number = host.ask(Action::kGetPrompt, "review", R"({"language":7})");
  EXPECT_EQ(number.kind, Kind::kInvalidParams);
  EXPECT_EQ(number.text, "Argument language must be a string");
  EXPECT_EQ(host.ask(Action::kGetPrompt, "revue").kind, Kind::kUnknown);
}

TEST(Prompt, ThatAnswersWronglyIsAFaultOfItsPlugin) {
  for (const char* name : {"wrong_message", "wrong_role"}) {
    Host host({std::string("faulty/") + name});
    const auto outcome = host.ask(Action::kGetPrompt, name);
    EXPECT_EQ(outcome.kind, Kind::kFailed) << name;
    EXPECT_EQ(outcome.text, "The prompt gave an answer that is not valid.") << name;
    EXPECT_EQ(host.registry->faults(), 1u) << name;
  }
}

TEST(Completion, ThatIsNoneIsAFaultOfItsPlugin) {
  for (const char* argument : {"content", "values", "many", "ask"}) {
    Host host({"faulty/completes_wrongly"});
    const auto outcome =
        host.ask(Action::kCompletePrompt, "completes_wrongly",
                 R"({"argument":{"name":")" + std::string(argument) + R"(","value":""}})");
    EXPECT_EQ(outcome.kind, Kind::kFailed) << argument;
    EXPECT_EQ(outcome.text, "The completion gave an answer that is not valid.") << argument;
    EXPECT_EQ(host.registry->faults(), 1u) << argument;
  }
}

TEST(Completion, IsEmptyWhereThePluginOffersNone) {
  Host host({"rounds", "notes"});
  EXPECT_FALSE(host.registry->offers()->completes);
  const auto outcome = host.ask(Action::kCompleteResource, "note://by-name/{name}",
                                R"({"argument":{"name":"name","value":""}})");
  EXPECT_EQ(outcome.structured, R"({"values":[]})");
}

TEST(Completion, IsOfAnArgumentThatExists) {
  Host host({"review"});
  for (const char* arguments :
       {"{}", R"({"argument":{"name":"tongue","value":""}})", R"({"argument":7})",
        R"({"argument":{"name":"language","value":7}})"}) {
    EXPECT_EQ(host.ask(Action::kCompletePrompt, "review", arguments).kind, Kind::kInvalidParams)
        << arguments;
  }
  EXPECT_EQ(host.ask(Action::kCompletePrompt, "revue", "{}").kind, Kind::kUnknown);
}

}  // namespace
}  // namespace mcph::plugins
