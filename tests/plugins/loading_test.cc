// What is loaded, what is refused, and with which words.
#include <sys/stat.h>

#include "support.h"

namespace mcph::plugins {
namespace {

TEST(Loading, RefusesEveryBrokenPluginByTheRuleItBreaks) {
  const std::pair<const char*, const char*> cases[] = {
      {"no_entry",
       "exports no mcph_plugin_v1: not a plugin, or one for another major version "
       "(rule ABI-1)"},
      {"entry_null", "the entry function returned nothing (rule ABI-1)"},
      {"short_descriptor", "its descriptor is shorter than in 1.0 (rule ABI-3)"},
      {"short_tool", "tool 0 is shorter than in 1.0 (rule ABI-3)"},
      {"needs_newer_host", "needs host ABI 1.7, this is 1.0 (rule ABI-2)"},
      {"duplicate_tool", "offers tool duplicate_tool twice"},
      {"bad_schema", "tool bad_schema: input schema: schema /properties/a/type: unknown type"},
      {"no_object_schema", "tool no_object_schema: input schema must have type object"},
      {"null_handler", "tool null_handler: has no handler"},
      {"bad_name", "tool 0: a name has 1 to 128 of A-Z a-z 0-9 _ - ."},
      {"read_only_destroys", "tool read_only_destroys: is read-only and destructive at once"},
      {"start_fails", "its start() failed with status -5: no database"},
      {"unresolved", "cannot be loaded"},
      {"task_inline", "tool task_inline: is a task and never blocks at once"},
      {"extra_takes_name",
       "tool extra_takes_name: extra_json has name, which has a field of its own"},
      {"extra_no_object", "tool extra_no_object: extra_json is no JSON object"},
      {"bad_icon",
       "tool bad_icon: extra_json: icons is no list of objects with an https: or data: src"},
      {"short_resource", "resource 0 is shorter than in 1.0 (rule ABI-3)"},
      {"bad_uri", "resource 0: its URI is not valid"},
      {"bad_template", "resource 0: its URI template has nothing between two variables"},
      {"short_prompt", "prompt 0 is shorter than in 1.0 (rule ABI-3)"},
      {"counts_prompts", "counts prompts it does not list (rule ABI-4)"},
      {"bad_arguments", "prompt bad_arguments: arguments_json is no JSON array"},
      {"duplicate_argument", "prompt duplicate_argument: arguments_json has a twice"},
      {"short_complete", "its mcph.complete/1 is shorter than in 1.0 (rule ABI-3)"},
  };
  for (const auto& [name, reason] : cases) {
    const Host host({std::string("faulty/") + name});
    EXPECT_EQ(host.refusal(), reason) << name;
    EXPECT_TRUE(host.registry->offers()->tools.items.empty()) << name;
  }
}

TEST(Loading, KeepsTheOthersWhenOneIsRefused) {
  Host host({"faulty/no_entry", "hello_c", "faulty/start_fails"});
  EXPECT_EQ(text_of(host.call("hello_from_c")), "Hello from C");
  ASSERT_EQ(host.registry->list_plugins().size(), 3u);
}

TEST(Loading, GivesANameToTheFirstFileAndRefusesTheSecondPlugin) {
  const Host host({"hello_c", "faulty/takes_hello"});
  EXPECT_EQ(host.refusal(), "tool hello_from_c is offered by hello_c");
  EXPECT_EQ(host.registry->offers()->tools.items.size(), 1u);
  const Host notes({"notes", "faulty/takes_note"});
  EXPECT_EQ(notes.refusal(), "resource note://index is offered by notes");
}

TEST(Loading, AcceptsAPluginBuiltWithALongerHeader) {
  Host host({"faulty/from_the_future"});
  EXPECT_EQ(host.refusal(), "");
  EXPECT_EQ(text_of(host.call("future_b")), "hello");
}

TEST(Loading, AcceptsAPluginBuiltWithTheHeadersOf1_0) {
  Host host({"frozen"});
  ASSERT_EQ(host.refusal(), "");
  EXPECT_EQ(text_of(host.call("remember", R"({"word":"oak"})")), "remembered");
  EXPECT_NE(host.read("old://leaf").content.find("a leaf"), std::string::npos);
  EXPECT_NE(host.ask(mcp::Action::kGetPrompt, "be_old").content.find("Be old."), std::string::npos);
  const auto completed = host.ask(mcp::Action::kCompletePrompt, "be_old",
                                  R"({"argument":{"name":"tree","value":""}})");
  EXPECT_NE(completed.structured.find("oak"), std::string::npos);
  EXPECT_EQ(host.registry->list_plugins().at(0).health_reason, "I am old.");
  EXPECT_EQ(host.registry->faults(), 0u);
}

TEST(Loading, AcceptsAPluginThatBringsItsOwnRuntime) {
  Host host({"static_runtime", "hello_cpp"});
  EXPECT_EQ(text_of(host.call("static_count")), "called 1 1");
  EXPECT_EQ(text_of(host.call("static_fail")), "Thrown by a runtime of its own.");
  EXPECT_EQ(host.call("add", R"({"numbers":[1,2]})").structured, R"({"sum":3})");
  EXPECT_EQ(text_of(host.call("static_count")), "called 2 2");
}

TEST(Loading, LeavesOutWhatIsDisabled) {
  PluginSettings settings;
  settings.enabled = false;
  const Host host({"hello_c"}, with("hello_c", settings));
  EXPECT_EQ(host.refusal(), "disabled");
}

TEST(Loading, ChecksTheConfigurationBeforeThePluginStarts) {
  PluginSettings settings;
  settings.config_json = R"({"greting":"Hi"})";
  const Host host({"hello_cpp"}, with("hello_cpp", settings));
  EXPECT_EQ(host.refusal(), "configuration: unexpected property \"greting\"");
  settings.config_json = "{}";
  settings.allowed_hosts = {"ftp://example.com"};
  const Host other({"hello_cpp"}, with("hello_cpp", settings));
  EXPECT_EQ(other.refusal(), "allowed_hosts: \"ftp://example.com\" is no origin");
}

TEST(Loading, RefusesAFileThatEverybodyMayWrite) {
  const Host prepared({"hello_c"});
  const auto file = prepared.directory / "plugins" / "hello_c.so";
  chmod(file.c_str(), 0666);
  Host host({});
  std::filesystem::copy_file(file, host.directory / "plugins" / "hello_c.so");
  chmod((host.directory / "plugins" / "hello_c.so").c_str(), 0666);
  RegistrySettings settings;
  settings.directory = host.directory / "plugins";
  settings.runtime_directory = host.directory / "run";
  SystemClock clock;
  const Log log(clock, STDERR_FILENO, LogLevel::kError);
  Executor executor("x", 1, 1);
  const PluginParts parts{clock, log, executor, host.tokens, host.http, host.announcer};
  {
    const auto registry = Registry::open(settings, parts);
    ASSERT_TRUE(registry.ok());
    EXPECT_EQ((*registry)->list_plugins().at(0).reason, "the file may be written by everybody");
  }
  chmod(settings.directory.c_str(), 0777);
  EXPECT_FALSE(Registry::open(settings, parts).ok());
  chmod(settings.directory.c_str(), 0755);
  chmod(settings.runtime_directory.c_str(), 0777);
  EXPECT_FALSE(Registry::open(settings, parts).ok());
  settings.directory = "/nonexistent";
  EXPECT_FALSE(Registry::open(settings, parts).ok());
}

TEST(Loading, RunsAPrivateCopyNamedAfterItsDigest) {
  Host host({"hello_c"});
  std::vector<std::string> copies;
  for (const auto& entry : std::filesystem::directory_iterator(host.directory / "run")) {
    copies.push_back(entry.path().filename());
  }
  ASSERT_EQ(copies.size(), 1u);
  EXPECT_EQ(copies[0].size(), std::string("hello_c-").size() + 64 + 3) << copies[0];
  // Destroying the original must not change what runs.
  std::ofstream(host.directory / "plugins" / "hello_c.so", std::ios::trunc) << "garbage";
  EXPECT_EQ(text_of(host.call("hello_from_c")), "Hello from C");
}

TEST(Loading, WritesTheWholeDefinitionWithAllFourHints) {
  const Host host({"hello_c", "hello_cpp"});
  const auto offers = host.registry->offers();
  ASSERT_EQ(offers->tools.items.size(), 3u);
  EXPECT_EQ(offers->tools.items[0].name, "add");
  EXPECT_EQ(offers->tools.items[1].name, "greet");
  EXPECT_EQ(offers->tools.find("hello_from_c")->definition,
            R"({"name":"hello_from_c","title":"Hello","description":"Says hello.",)"
            R"("inputSchema":{"type":"object"},"annotations":{"title":"Hello",)"
            R"("readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,)"
            R"("openWorldHint":false}})");
  EXPECT_NE(offers->tools.find("add")->definition.find("outputSchema"), std::string::npos);
  EXPECT_EQ(offers->tools.find("greet")->plugin, "hello_cpp");
}

}  // namespace
}  // namespace mcph::plugins
