// The examples of the SDK do what its README says.
#include "support.h"

namespace mcph::plugins {
namespace {

TEST(HelloC, SaysHello) {
  Host host({"hello_c"});
  const auto outcome = host.call("hello_from_c");
  EXPECT_EQ(outcome.content, R"([{"type":"text","text":"Hello from C"}])");
  EXPECT_FALSE(outcome.is_error);
}

TEST(HelloCpp, GreetsAsConfigured) {
  PluginSettings settings;
  settings.config_json = R"({"greeting":"Salut"})";
  Host host({"hello_cpp"}, with("hello_cpp", settings));
  EXPECT_EQ(text_of(host.call("greet", R"({"name":"Zoë \"Z\""})")), "Salut, Zoë \"Z\"!");
  const auto nobody = host.call("greet", R"({"name":"nobody"})");
  EXPECT_TRUE(nobody.is_error);
  EXPECT_EQ(text_of(nobody), "There is nobody to greet.");
}

TEST(HelloCpp, AddsWithAStructuredAnswer) {
  Host host({"hello_cpp"});
  const auto outcome = host.call("add", R"({"numbers":[1,2,39]})");
  EXPECT_EQ(outcome.structured, R"({"sum":42})");
  EXPECT_EQ(text_of(outcome), R"({"sum":42})");
}

TEST(Ask, AsksBeforeItDeletes) {
  Host host({"ask"});
  const auto asked = host.call("delete_file", R"({"name":"a.txt"})");
  ASSERT_EQ(asked.kind, Kind::kNeedsInput);
  EXPECT_EQ(
      asked.input_requests,
      R"({"sure":{"method":"elicitation/create","params":{"message":"Delete a.txt for good?",)"
      R"("requestedSchema":{"type":"object","properties":{"confirm":{"type":"boolean"}},)"
      R"("required":["confirm"]}}}})");
  EXPECT_EQ(asked.state, "a.txt");
  const auto again = [&](const char* answer) {
    return text_of(host.begin({.name = "delete_file",
                               .arguments = Host::object(R"({"name":"a.txt"})"),
                               .attempt = 1,
                               .input_responses = answer,
                               .state = asked.state})
                       .observer->wait());
  };
  EXPECT_EQ(again(R"({"sure":{"action":"accept","content":{"confirm":true}}})"), "Deleted a.txt.");
  EXPECT_EQ(again(R"({"sure":{"action":"accept","content":{"confirm":false}}})"),
            "Nothing was deleted.");
  EXPECT_EQ(again(R"({"sure":{"action":"decline"}})"), "Nothing was deleted.");
}

TEST(Notes, AreReadByTheirUris) {
  Host host({"notes"});
  EXPECT_EQ(host.read("note://index").content,
            R"([{"uri":"note://index","mimeType":"text/plain","text":"welcome\n"}])");
  EXPECT_EQ(host.read("note://by-name/welcome").content,
            R"([{"uri":"note://by-name/welcome","mimeType":"text/plain","text":"Hello!"}])");
  const auto unknown = host.read("note://by-name/nobody");
  EXPECT_EQ(unknown.kind, Kind::kUnknown);
  EXPECT_EQ(unknown.text, "No such note.");
}

TEST(Notes, AnnounceWhatWasWritten) {
  Host host({"notes"});
  EXPECT_TRUE(host.registry->offers()->announces);
  EXPECT_EQ(text_of(host.call("write_note", R"({"name":"new","text":"x"})")), "Written.");
  const mcp::Announcement expected{mcp::Announcement::Kind::kResourceUpdated, "note://by-name/new"};
  EXPECT_EQ(host.announcer.announced(), std::vector{expected});
  EXPECT_EQ(host.read("note://by-name/new").kind, Kind::kResult);
}

TEST(Review, IsAPromptOfTwoMessages) {
  Host host({"review"});
  EXPECT_EQ(host.ask(mcp::Action::kGetPrompt, "review", R"({"language":"Rust"})").content,
            R"([{"role":"user","content":{"type":"text",)"
            R"("text":"Review this as an expert of Rust."}},)"
            R"({"role":"assistant","content":{"type":"text","text":"Show me the code."}}])");
}

TEST(Review, CompletesTheLanguage) {
  Host host({"review"});
  EXPECT_TRUE(host.registry->offers()->completes);
  const auto outcome = host.ask(mcp::Action::kCompletePrompt, "review",
                                R"({"argument":{"name":"language","value":"C"}})");
  EXPECT_EQ(outcome.structured, R"({"values":["C","C++"],"total":2,"hasMore":false})");
}

TEST(Report, TellsHowFarItIs) {
  Host host({"report"});
  const auto running = host.begin("report");
  EXPECT_EQ(text_of(running.observer->wait()), "The report is ready.");
  EXPECT_EQ(running.observer->progresses, 5);
  EXPECT_EQ(running.observer->logs(), std::vector<std::string>{R"(report written {"steps":5})"});
}

TEST(Report, BecomesATaskForAClientThatKnowsTasks) {
  Host host({"report"});
  const auto task = host.begin({.name = "long_report",
                                .may_become_task = true,
                                .task_deadline = host.in(Milliseconds(60'000))});
  EXPECT_EQ(text_of(task.observer->wait()), "The report is ready.");
  EXPECT_EQ(task.observer->tasks, 1);
  EXPECT_EQ(task.observer->releases, 0);
  const auto call = host.begin("long_report");
  EXPECT_EQ(text_of(call.observer->wait()), "The report is ready.");
  EXPECT_EQ(call.observer->tasks, 0);
  EXPECT_EQ(call.observer->releases, 1);
}

}  // namespace
}  // namespace mcph::plugins
