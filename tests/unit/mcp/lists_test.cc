// resources/list, resources/templates/list and prompts/list; what all lists share is in
// tools_list_test.cc.
#include <gtest/gtest.h>

#include "unit/mcp/support/endpoint_host.h"

namespace mcph::test {
namespace {

struct List {
  const char* method;
  const char* member;
  const char* key;  // what its entries are told apart by
};
constexpr List kLists[] = {{"tools/list", "tools", "name"},
                           {"resources/list", "resources", "uri"},
                           {"resources/templates/list", "resourceTemplates", "uriTemplate"},
                           {"prompts/list", "prompts", "name"}};

void fill(EndpointHost& host, int count) {
  host.catalog.remove("echo");
  const auto says = [](const auto&, auto&) { return make_text_outcome("x"); };
  for (int i = 0; i < count; ++i) {
    const std::string name = "n" + std::to_string(i);
    host.catalog.add(name, says);
    host.catalog.add_resource("a:" + name, says);
    host.catalog.add_template("a:" + name + "/{x}", says);
    host.catalog.add_prompt(name, says);
  }
}

mcp::EndpointOptions two_a_page() {
  mcp::EndpointOptions options = EndpointHost::default_options();
  options.lists.page_size = 2;
  return options;
}

std::vector<std::string> read_all(const Answer& answer, const List& list) {
  std::vector<std::string> names;
  for (const auto& entry : answer.result().at(list.member).as_array()) {
    names.emplace_back(mcph::view(entry.at(list.key).as_string()));
  }
  return names;
}

TEST(Lists, PagesOfEveryListHoldEverythingOnceInOrder) {
  EndpointHost host(two_a_page());
  fill(host, 5);
  for (const List& list : kLists) {
    std::vector<std::string> all;
    std::string cursor;
    int pages = 0;
    do {
      const std::string members = cursor.empty() ? "" : R"("cursor":")" + cursor + "\",";
      const Answer answer = host.ask_modern(list.method, members);
      ASSERT_EQ(answer.error(), 0) << list.method;
      EXPECT_EQ(answer.result().at("cacheScope").as_string(), "private");
      EXPECT_EQ(answer.result().at("ttlMs").as_int64(), 60'000);
      EXPECT_EQ(answer.result().at("resultType").as_string(), "complete");
      for (std::string& name : read_all(answer, list)) all.push_back(std::move(name));
      cursor = find_string(answer.result(), "nextCursor").value_or("");
      ++pages;
    } while (!cursor.empty() && pages < 9);
    EXPECT_EQ(pages, 3) << list.method;
    EXPECT_EQ(all.size(), 5u) << list.method;
    EXPECT_TRUE(std::is_sorted(all.begin(), all.end())) << list.method;
  }
}

TEST(Lists, ACursorOfOneListIsNoneOfAnother) {
  EndpointHost host(two_a_page());
  fill(host, 3);
  for (const List& from : kLists) {
    const std::string cursor(
        find_string(host.ask_modern(from.method, "").result(), "nextCursor").value_or(""));
    ASSERT_FALSE(cursor.empty());
    for (const List& to : kLists) {
      const Answer answer = host.ask_modern(to.method, R"("cursor":")" + cursor + "\",");
      EXPECT_EQ(answer.error(), from.method == to.method ? 0 : -32602) << to.method;
    }
  }
}

TEST(Lists, ALegacyOneHasNothingOfTheModernOne) {
  EndpointHost host;
  fill(host, 1);
  for (const std::string_view version : {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"}) {
    const std::string session = host.open_session(version);
    for (const List& list : kLists) {
      const Answer answer = host.ask(session, request("1", list.method));
      EXPECT_EQ(answer.result().size(), 1u) << list.method;
      EXPECT_EQ(read_all(answer, list).size(), 1u);
    }
  }
}

TEST(Lists, EveryRevisionGetsItsOwnForm) {
  EndpointHost host;
  fill(host, 1);
  const std::string oldest = host.open_session("2024-11-05");
  const std::string newer = host.open_session("2025-06-18");
  // In turns: what was made for one revision is not another's.
  for (int i = 0; i < 2; ++i) {
    EXPECT_FALSE(host.ask(oldest, request("1", "resources/list"))
                     .result()
                     .at("resources")
                     .at(0)
                     .as_object()
                     .contains("title"));
    EXPECT_TRUE(host.ask(newer, request("1", "resources/list"))
                    .result()
                    .at("resources")
                    .at(0)
                    .as_object()
                    .contains("title"));
  }
}

TEST(Lists, TenThousandToolsAreServedFromPagesMadeOnce) {
  mcp::EndpointOptions options = EndpointHost::default_options();
  options.lists.page_size = 20'000;
  EndpointHost host(options);
  host.catalog.fill_with_tools(10'000);
  const Answer first = host.ask_modern("tools/list", "");
  ASSERT_EQ(first.result().at("tools").as_array().size(), 10'000u);
  // Made once: the second time costs a copy of the text, not ten thousand definitions.
  const auto timed = [&host] {
    const auto from = std::chrono::steady_clock::now();
    const auto exchange = host.send_modern("tools/list", "");
    const auto took = std::chrono::steady_clock::now() - from;
    EXPECT_TRUE(exchange->answered());
    return took;
  };
  timed();
  EXPECT_LT(timed(), std::chrono::milliseconds(100));
}

}  // namespace
}  // namespace mcph::test
