// What plugins announce, and which GET streams of legacy sessions hear of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crypto/hash.h"
#include "unit/mcp/support/endpoint_host.h"

namespace mcph::test {
namespace {

using Kind = mcp::Announcement::Kind;
using testing::HasSubstr;
using testing::Not;

const mcp::Announcement kTools{Kind::kToolsChanged, {}};
const mcp::Announcement kPrompts{Kind::kPromptsChanged, {}};

mcp::Announcement updated(std::string uri) {
  return {Kind::kResourceUpdated, std::move(uri)};
}

std::shared_ptr<RecordingStream> listen(EndpointHost& host, const std::string& session,
                                        std::string_view last_event_id = {}) {
  const auto exchange =
      last_event_id.empty()
          ? host.send(Method::kGet, {{"Mcp-Session-Id", session}, {"Accept", "text/event-stream"}},
                      "")
          : host.send(Method::kGet,
                      {{"Mcp-Session-Id", session},
                       {"Accept", "text/event-stream"},
                       {"Last-Event-ID", last_event_id}},
                      "");
  exchange->wait();
  host.settle();
  return exchange->stream();
}

std::string last_id(const std::string& text) {
  const std::size_t at = text.rfind("id: ");
  return at == text.npos ? "" : text.substr(at + 4, text.find('\n', at) - at - 4);
}

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++found;
  return found;
}

void subscribe(EndpointHost& host, const std::string& session, std::string_view uri) {
  const Answer answer = host.ask(
      session, request("1", "resources/subscribe", R"({"uri":")" + std::string(uri) + R"("})"));
  ASSERT_EQ(answer.status, 200);
  host.settle();
}

TEST(Announcements, ReachEveryGetStream) {
  EndpointHost host;
  const auto first = listen(host, host.open_session("2025-03-26"));
  const auto second = listen(host, host.open_session("2025-06-18"));
  host.announce(kTools);
  EXPECT_EQ(first->text(),
            "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\","
            "\"params\":{}}\n\n");
  EXPECT_EQ(second->text(), first->text());
}

TEST(Announcements, OfAnUpdatedResourceReachItsSubscribersOnly) {
  EndpointHost host;
  const std::string session = host.open_session("2025-06-18");
  const auto subscriber = listen(host, session);
  const auto other = listen(host, host.open_session("2025-06-18"));
  subscribe(host, session, "todo://1");
  host.announce(updated("todo://2"));
  host.announce(updated("todo://1"));
  EXPECT_EQ(subscriber->text(),
            "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/resources/updated\","
            "\"params\":{\"uri\":\"todo://1\"}}\n\n");
  EXPECT_EQ(other->text(), "");
}

TEST(Announcements, OfAResourceStopAfterUnsubscribing) {
  EndpointHost host;
  const std::string session = host.open_session("2025-06-18");
  const auto stream = listen(host, session);
  subscribe(host, session, "todo://1");
  EXPECT_EQ(host.ask(session, request("2", "resources/unsubscribe", R"({"uri":"todo://1"})")).body,
            R"({"jsonrpc":"2.0","id":2,"result":{}})");
  host.announce(updated("todo://1"));
  EXPECT_EQ(stream->text(), "");
}

TEST(Announcements, ReachASessionThatSubscribedOnAnotherHost) {
  EndpointHost a;
  EndpointHost b(EndpointHost::default_options(), make_key_ring(), a.stores);
  const std::string session = a.open_session("2025-06-18");
  const auto stream = listen(a, session);
  subscribe(b, session, "todo://1");
  a.endpoint.note_session_changed(crypto::sha256(session));  // as the database tells it
  a.announce(updated("todo://1"));
  a.settle();
  EXPECT_THAT(stream->text(), HasSubstr("todo://1"));
}

TEST(Announcements, InABurstAreFoldedIntoTheFirstAndTheLast) {
  EndpointHost host;
  const auto stream = listen(host, host.open_session("2025-06-18"));
  for (int i = 0; i < 100; ++i) host.announce(kTools);
  host.announce(kPrompts);
  EXPECT_EQ(count(stream->text(), "tools/list_changed"), 1u);
  EXPECT_EQ(count(stream->text(), "prompts/list_changed"), 1u);
  host.endpoint.tick();
  EXPECT_EQ(count(stream->text(), "tools/list_changed"), 1u);
  host.clock.advance_steady(mcp::limits::kAnnouncementGap);
  host.endpoint.tick();
  EXPECT_EQ(count(stream->text(), "tools/list_changed"), 2u);
  host.clock.advance_steady(mcp::limits::kAnnouncementGap);
  host.endpoint.tick();
  EXPECT_EQ(count(stream->text(), "tools/list_changed"), 2u);
}

TEST(Announcements, HeardTwiceAreSaidOnce) {
  EndpointHost host;
  const auto stream = listen(host, host.open_session("2025-06-18"));
  host.endpoint.note_announcement(kTools, 7);
  host.clock.advance(Seconds{1});
  host.endpoint.note_announcement(kTools, 7);
  EXPECT_EQ(count(stream->text(), "tools/list_changed"), 1u);
}

TEST(Announcements, MissedWhileNobodyListenedAreReadAfterwards) {
  EndpointHost host;
  host.announce(kTools);
  const auto stream = listen(host, host.open_session("2025-06-18"));
  host.stores->announcements.add(kPrompts);  // and no notification came
  host.endpoint.note_listening();
  host.settle();
  EXPECT_EQ(count(stream->text(), "prompts/list_changed"), 1u);
  EXPECT_EQ(count(stream->text(), "tools/list_changed"), 0u);
}

TEST(ResumedGetStream, HearsOnAnyHostWhatItMissed) {
  EndpointHost a;
  EndpointHost b(EndpointHost::default_options(), make_key_ring(), a.stores);
  const std::string session = a.open_session();
  const auto first = listen(a, session);
  EXPECT_THAT(first->text(), HasSubstr("retry: "));
  EXPECT_THAT(first->text(), HasSubstr("\ndata: \n\n"));
  a.announce(kTools);
  b.endpoint.note_announcement(kTools, 1);
  a.announce(kPrompts);  // the client does not get this one
  b.endpoint.note_announcement(kPrompts, 2);

  const std::string tools_id = [&] {
    const std::string text = first->text();
    return last_id(text.substr(0, text.find("tools/list_changed")));
  }();
  const auto second = listen(b, session, tools_id);
  EXPECT_EQ(count(second->text(), "prompts/list_changed"), 1u);
  EXPECT_EQ(count(second->text(), "tools/list_changed"), 0u);
  EXPECT_EQ(last_id(second->text()), last_id(first->text()));

  b.clock.advance(Seconds{1});
  b.announce(kTools);
  EXPECT_EQ(count(second->text(), "tools/list_changed"), 1u);
}

TEST(ResumedGetStream, IsToldOfItsResourcesOnly) {
  EndpointHost host;
  const std::string session = host.open_session();
  const auto first = listen(host, session);
  const std::string id = last_id(first->text());
  subscribe(host, session, "todo://1");
  host.announce(updated("todo://1"));
  host.announce(updated("todo://2"));
  const auto second = listen(host, session, id);
  EXPECT_THAT(second->text(), HasSubstr("todo://1"));
  EXPECT_THAT(second->text(), Not(HasSubstr("todo://2")));
}

TEST(ResumedGetStream, ThatMissedMoreThanIsKeptHearsThatAllListsChanged) {
  EndpointHost host;
  const std::string session = host.open_session();
  host.announce(kPrompts);
  const std::string id = last_id(listen(host, session)->text());
  host.announce(kTools);
  host.announce(kTools);
  host.stores->announcements.forget(2);
  const std::string text = listen(host, session, id)->text();
  EXPECT_THAT(text, HasSubstr("resources/list_changed"));
  EXPECT_THAT(text, HasSubstr("prompts/list_changed"));
  EXPECT_THAT(text, HasSubstr("tools/list_changed"));
}

TEST(ResumedGetStream, MustBeOfThatSession) {
  EndpointHost host;
  const std::string session = host.open_session();
  const std::string foreign = last_id(listen(host, host.open_session())->text());
  for (const std::string_view id : {std::string_view(foreign), std::string_view("x.1"),
                                    std::string_view("nonsense"), std::string_view(".")}) {
    const auto exchange = host.send(
        Method::kGet,
        {{"Mcp-Session-Id", session}, {"Accept", "text/event-stream"}, {"Last-Event-ID", id}}, "");
    EXPECT_EQ(EndpointHost::read(*exchange).status, 404) << id;
  }
}

TEST(ResumedGetStream, IsClosedWhenNobodyKnowsWhatItMissed) {
  EndpointHost host;
  const std::string session = host.open_session();
  const std::string id = last_id(listen(host, session)->text());
  host.stores->announcements.set_down(true);
  EXPECT_TRUE(listen(host, session, id)->closed()) << "so that the client tries again";
}

TEST(GetStreams, EndInOrderWhenTheHostStops) {
  EndpointHost host;
  const std::string session = host.open_session();
  const auto stream = listen(host, session);
  host.endpoint.end_streams();
  EXPECT_TRUE(stream->closed());
  const auto late =
      host.send(Method::kGet, {{"Mcp-Session-Id", session}, {"Accept", "text/event-stream"}}, "");
  EXPECT_EQ(EndpointHost::read(*late).status, 503);
}

}  // namespace
}  // namespace mcph::test
