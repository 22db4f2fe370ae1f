#include <gtest/gtest.h>

#include "unit/mcp/support/endpoint_host.h"

namespace mcph::test {
namespace {

mcp::EndpointOptions two_a_page() {
  mcp::EndpointOptions options = EndpointHost::default_options();
  options.lists.page_size = 2;
  return options;
}

Answer list_modern(EndpointHost& host, std::string_view cursor = {},
                   CallerPtr caller = make_caller()) {
  std::string members;
  if (!cursor.empty()) members = R"("cursor":")" + std::string(cursor) + "\",";
  return host.post({kModernVersion, {"Mcp-Method", "tools/list"}},
                   request("1", "tools/list", modern_params(members)), std::move(caller));
}

std::string names_of(const Answer& answer) {
  std::string names;
  for (const auto& tool : answer.result().at("tools").as_array()) {
    names += std::string(mcph::view(tool.at("name").as_string())) + " ";
  }
  return names;
}

std::string cursor_of(const Answer& answer) {
  return std::string(find_string(answer.result(), "nextCursor").value_or(""));
}

void add_tools(EndpointHost& host, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    host.catalog.add(name, [](const auto&, auto&) { return make_text_outcome("x"); });
  }
}

TEST(ToolsList, IsInTheOrderOfNamesAndSaysHowItMayBeCached) {
  EndpointHost host;
  add_tools(host, {"zebra", "ant"});
  const Answer answer = list_modern(host);
  EXPECT_EQ(names_of(answer), "ant echo zebra ");
  EXPECT_EQ(answer.result().at("resultType").as_string(), "complete");
  EXPECT_EQ(answer.result().at("ttlMs").as_int64(), 60000);
  EXPECT_EQ(answer.result().at("cacheScope").as_string(), "private");
  EXPECT_FALSE(answer.result().contains("nextCursor"));
}

TEST(ToolsList, OfALegacySessionHasNothingOfTheModernOne) {
  EndpointHost host;
  const Answer answer = host.ask(host.open_session(), request("1", "tools/list"));
  EXPECT_EQ(answer.result().size(), 1u);
  EXPECT_EQ(names_of(answer), "echo ");
}

TEST(ToolsList, OfAnEmptyCatalogueIsAnEmptyArray) {
  EndpointHost host;
  host.catalog.remove("echo");
  EXPECT_EQ(names_of(list_modern(host)), "");
}

TEST(ToolsList, PagesCoverEveryToolOnce) {
  EndpointHost host(two_a_page());
  add_tools(host, {"a", "b", "c", "d"});
  const Answer first = list_modern(host);
  EXPECT_EQ(names_of(first), "a b ");
  const Answer second = list_modern(host, cursor_of(first));
  EXPECT_EQ(names_of(second), "c d ");
  const Answer third = list_modern(host, cursor_of(second));
  EXPECT_EQ(names_of(third), "echo ");
  EXPECT_EQ(cursor_of(third), "");
  EXPECT_EQ(third.result().at("cacheScope").as_string(), "private");
}

TEST(ToolsList, AFullLastPageHasNoCursor) {
  EndpointHost host(two_a_page());
  add_tools(host, {"a"});
  EXPECT_EQ(cursor_of(list_modern(host)), "");
}

TEST(ToolsList, ACursorWorksOnEveryHostAndSurvivesChanges) {
  EndpointHost a(two_a_page());
  EndpointHost b(two_a_page(), make_key_ring(), a.stores);
  for (EndpointHost* host : {&a, &b}) add_tools(*host, {"a", "b", "c"});
  const std::string cursor = cursor_of(list_modern(a));
  b.catalog.remove("b");
  add_tools(b, {"aa"});
  EXPECT_EQ(names_of(list_modern(b, cursor)), "c echo ");
}

TEST(ToolsList, ACursorBehindTheLastToolIsAnEmptyPage) {
  EndpointHost host(two_a_page());
  add_tools(host, {"y", "z"});
  const std::string cursor = cursor_of(list_modern(host));
  for (const char* name : {"y", "z"}) host.catalog.remove(name);
  EXPECT_EQ(names_of(list_modern(host, cursor)), "");
}

TEST(ToolsList, RefusesForgedForeignAndMisplacedCursors) {
  EndpointHost host(two_a_page());
  add_tools(host, {"a", "b", "c"});
  const std::string cursor = cursor_of(list_modern(host));
  ASSERT_FALSE(cursor.empty());
  std::string forged = cursor;
  forged.back() = forged.back() == 'A' ? 'B' : 'A';
  const std::string session = host.open_session();
  for (const std::string& bad : {forged, std::string("b"), std::string(5000, 'x'), session}) {
    const Answer answer = list_modern(host, bad);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.error(), -32602);
  }
  EXPECT_EQ(list_modern(host, cursor, make_caller("bob")).error(), -32602);
  EXPECT_EQ(list_modern(host, cursor).error(), 0);
}

TEST(ToolsList, RefusesACursorThatIsNoText) {
  EndpointHost host;
  EXPECT_EQ(host.ask(host.open_session(), request("1", "tools/list", R"({"cursor":5})")).error(),
            -32602);
}

// A token reaches so far; what is beyond it is not there.
TEST(ToolsList, ShowsWhatTheCallerMayCallAndNothingElse) {
  EndpointHost host(two_a_page());
  for (const char* name : {"b", "d", "f"}) host.catalog.add(name, nullptr, {"admin"});
  for (const char* name : {"a", "c"}) host.catalog.add(name, nullptr, {"todo"});
  const Answer first = list_modern(host);
  EXPECT_EQ(names_of(first), "a c ");
  const Answer second = list_modern(host, cursor_of(first));
  EXPECT_EQ(names_of(second), "echo ");
  EXPECT_EQ(cursor_of(second), "");
  const CallerPtr admin = make_caller("ann", "desk", {"todo", "admin"});
  EXPECT_EQ(names_of(list_modern(host, {}, admin)), "a b ");
  EXPECT_EQ(names_of(list_modern(host, {}, make_caller("ann", "desk", {}))), "echo ");
}

TEST(ToolsList, ShowsWhatIsOutOfReachWhereTheOperatorWantsIt) {
  mcp::EndpointOptions options = EndpointHost::default_options();
  options.lists.out_of_reach = true;
  EndpointHost host(options);
  host.catalog.add("b", nullptr, {"admin"});
  EXPECT_EQ(names_of(list_modern(host)), "b echo ");
}

TEST(ToolsList, ShowsANewToolAtOnce) {
  EndpointHost host;
  list_modern(host);
  add_tools(host, {"new"});
  EXPECT_EQ(names_of(list_modern(host)), "echo new ");
}

TEST(ToolsList, LeavesOutWhatTheNegotiatedRevisionDoesNotKnow) {
  EndpointHost host;
  host.catalog.remove("echo");
  host.catalog.add("t", nullptr, {},
                   R"({"name":"t","title":"T","description":"d","inputSchema":{"type":"object"},)"
                   R"("outputSchema":{"type":"object"},"icons":[],"annotations":{}})");
  const auto members = [&](std::string_view version) {
    const Answer answer = host.ask(host.open_session(version), request("1", "tools/list"));
    std::string names;
    for (const auto& member : answer.result().at("tools").as_array().at(0).as_object()) {
      names += std::string(member.key()) + " ";
    }
    return names;
  };
  EXPECT_EQ(members("2025-03-26"), "name description inputSchema annotations ");
  EXPECT_EQ(members("2025-06-18"), "name title description inputSchema outputSchema annotations ");
  EXPECT_EQ(members("2025-11-25"),
            "name title description inputSchema outputSchema icons annotations ");
}

}  // namespace
}  // namespace mcph::test
