#include "mcp/server_capabilities.h"

#include <gtest/gtest.h>

#include "unit/mcp/support/endpoint_host.h"

namespace mcph::test {
namespace {

FakeCatalog::Behaviour says(std::string text) {
  return [text](const mcp::Call&, mcp::CallObserver&) { return make_text_outcome(text); };
}

std::string of_initialize(EndpointHost& host, std::string_view version) {
  return json::serialize(host.initialize(version).result().at("capabilities"));
}

std::string of_discover(EndpointHost& host) {
  return json::serialize(host.ask_modern("server/discover", "").result().at("capabilities"));
}

TEST(ServerCapabilities, AreOnlyWhatThereIs) {
  EndpointHost host;
  EXPECT_EQ(of_discover(host), R"({"tools":{},"logging":{}})");
  host.catalog.add_prompt("p", says("x"));
  host.catalog.add_template("a:/{x}", says("x"));
  host.catalog.set_completes();
  EXPECT_EQ(of_discover(host),
            R"({"tools":{},"prompts":{},"resources":{},"logging":{},"completions":{}})");
}

TEST(ServerCapabilities, NameChangesWhenSomebodyMayAnnounceThem) {
  EndpointHost host;
  host.catalog.add_resource("a:b", says("x"));
  host.catalog.add_prompt("p", says("x"));
  host.catalog.set_announces();
  EXPECT_EQ(of_initialize(host, "2025-11-25"),
            R"({"tools":{"listChanged":true},"prompts":{"listChanged":true},)"
            R"("resources":{"subscribe":true,"listChanged":true},"logging":{}})");
}

TEST(ServerCapabilities, CompletionsCameWith20250326) {
  EndpointHost host;
  host.catalog.set_completes();
  EXPECT_EQ(of_initialize(host, "2024-11-05"), R"({"tools":{},"logging":{}})");
  EXPECT_EQ(of_initialize(host, "2025-03-26"), R"({"tools":{},"logging":{},"completions":{}})");
}

TEST(ServerCapabilities, TasksAreAnExtensionOfTheModernProtocolAlone) {
  EndpointHost host;
  host.catalog.add_task_tool("slow", mcp::TaskUse::kPossible, says("x"));
  EXPECT_EQ(of_discover(host),
            R"({"tools":{},"logging":{},"extensions":{"io.modelcontextprotocol/tasks":{}}})");
  EXPECT_EQ(of_initialize(host, "2025-11-25"), R"({"tools":{},"logging":{}})");
}

TEST(ServerCapabilities, AMethodWithoutThemDoesNotExist) {
  EndpointHost host;
  const std::string session = host.open_session();
  for (const char* method : {"prompts/list", "prompts/get", "resources/list",
                             "resources/templates/list", "resources/read", "completion/complete"}) {
    const Answer legacy = host.ask(session, request("1", method));
    EXPECT_EQ(legacy.status, 200) << method;
    EXPECT_EQ(legacy.error(), -32601) << method;
    const Answer modern = host.ask_modern(method, R"("name":"x","uri":"x",)", "x");
    EXPECT_EQ(modern.status, 404) << method;
    EXPECT_EQ(modern.error(), -32601) << method;
  }
}

}  // namespace
}  // namespace mcph::test
