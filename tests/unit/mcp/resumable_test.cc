// Answers that a client may come back for, on any host.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crypto/hash.h"
#include "unit/mcp/support/endpoint_host.h"

namespace mcph::test {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kCall = R"({"jsonrpc":"2.0","id":7,"method":"tools/call",)"
                                   R"("params":{"name":"slow","_meta":{"progressToken":"p"}}})";

struct Event {
  std::string id;
  std::string data;
};

std::vector<Event> events_of(const std::string& text) {
  std::vector<Event> events;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find("\n\n", at), text.size());
    Event event;
    for (std::size_t line = at; line < end;) {
      const std::size_t stop = std::min(text.find('\n', line), end);
      const std::string one = text.substr(line, stop - line);
      if (one.starts_with("id: ")) event.id = one.substr(4);
      if (one.starts_with("data: ")) event.data = one.substr(6);
      line = stop + 1;
    }
    events.push_back(event);
    at = end + 2;
  }
  return events;
}

std::shared_ptr<RecordingExchange> call(EndpointHost& host, const std::string& session) {
  host.catalog.add_pending("slow");
  return host.send(Method::kPost, {{"Mcp-Session-Id", session}}, std::string(kCall));
}

std::shared_ptr<RecordingExchange> resume(EndpointHost& host, const std::string& session,
                                          std::string_view id) {
  const auto exchange = host.send(
      Method::kGet,
      {{"Mcp-Session-Id", session}, {"Accept", "text/event-stream"}, {"Last-Event-ID", id}}, "");
  host.settle();
  host.settle();
  return exchange;
}

TEST(ResumableReply, NumbersItsEventsFromAnEmptyOneOn) {
  EndpointHost host;
  const auto exchange = call(host, host.open_session());
  host.catalog.pending()->progress(1);
  host.settle();
  host.catalog.pending()->finish(make_text_outcome("done"));
  host.settle();
  const auto stream = exchange->stream();
  ASSERT_NE(stream, nullptr);
  const std::vector<Event> events = events_of(stream->text());
  ASSERT_EQ(events.size(), 3u) << stream->text();
  EXPECT_EQ(events[0].data, "");
  EXPECT_THAT(stream->text(), HasSubstr("\nretry: 1000\n"));
  EXPECT_THAT(events[1].data, HasSubstr("notifications/progress"));
  EXPECT_THAT(events[2].data, HasSubstr(R"("id":7,"result":)"));
  EXPECT_NE(events[0].id, events[1].id);
  EXPECT_NE(events[1].id, events[2].id);
  EXPECT_TRUE(stream->closed());
}

TEST(ResumableReply, ThatIsPlainJsonNeverTouchesTheLog) {
  EndpointHost host;
  const std::string session = host.open_session();
  EXPECT_EQ(host.ask(session, request("1", "tools/call", R"({"name":"echo"})")).status, 200);
  host.settle();
  EXPECT_EQ(host.stores->events.operations(), 0);
}

TEST(ResumableReply, IsForRevisionsThatKnowTheEmptyEventOnly) {
  EndpointHost host;
  const auto exchange = call(host, host.open_session("2025-06-18"));
  host.catalog.pending()->progress(1);
  host.catalog.pending()->finish(make_text_outcome("done"));
  host.settle();
  EXPECT_THAT(exchange->stream()->text(), Not(HasSubstr("id: ")));
  EXPECT_EQ(host.stores->events.operations(), 0);
}

TEST(ResumableReply, IsStoredSealed) {
  EndpointHost host;
  call(host, host.open_session());
  host.catalog.pending()->progress(1);
  host.catalog.pending()->finish(make_text_outcome("my secret"));
  host.settle();
  EXPECT_NE(host.stores->events.dump(), "");
  EXPECT_THAT(host.stores->events.dump(), Not(HasSubstr("my secret")));
}

TEST(ResumedReply, GoesOnOnTheSameHostWhereTheClientLeft) {
  EndpointHost host;
  const std::string session = host.open_session();
  const auto first = call(host, session);
  host.catalog.pending()->progress(1);
  host.settle();
  const std::string id = events_of(first->stream()->text()).back().id;
  first->go_away();
  host.catalog.pending()->progress(2);
  host.settle();
  const auto second = resume(host, session, id);
  ASSERT_NE(second->stream(), nullptr);
  host.catalog.pending()->finish(make_text_outcome("done"));
  host.settle();
  host.settle();
  const std::string text = second->stream()->text();
  EXPECT_THAT(text, Not(HasSubstr(R"("progress":1,)")));
  EXPECT_THAT(text, Not(HasSubstr(R"("progress":1})")));
  EXPECT_THAT(text, HasSubstr(R"("progress":2)"));
  EXPECT_THAT(text, HasSubstr("done"));
  EXPECT_TRUE(second->stream()->closed());
  EXPECT_EQ(host.endpoint.open_streams(), 0u);
}

TEST(ResumedReply, GoesOnOnAnotherHost) {
  EndpointHost a;
  EndpointHost b(EndpointHost::default_options(), make_key_ring(), a.stores);
  const std::string session = a.open_session();
  const auto first = call(a, session);
  a.catalog.pending()->progress(1);
  a.settle();
  const std::string id = events_of(first->stream()->text()).front().id;
  const auto second = resume(b, session, id);
  ASSERT_NE(second->stream(), nullptr);
  EXPECT_TRUE(first->stream()->closed()) << "its client has come back elsewhere";
  EXPECT_THAT(second->stream()->text(), HasSubstr(R"("progress":1)"));

  a.catalog.pending()->progress(2);
  a.settle();
  b.settle();
  EXPECT_THAT(second->stream()->text(), HasSubstr(R"("progress":2)"));
  EXPECT_FALSE(second->stream()->closed());
  a.catalog.pending()->finish(make_text_outcome("done"));
  a.settle();
  b.settle();
  EXPECT_THAT(second->stream()->text(), HasSubstr("done"));
  EXPECT_TRUE(second->stream()->closed());
  EXPECT_EQ(b.endpoint.open_streams(), 0u);

  const auto again = resume(a, session, id);
  const std::vector<Event> events = events_of(again->stream()->text());
  EXPECT_THAT(events.back().data, HasSubstr("done")) << "an ended stream is kept for a while";
  EXPECT_TRUE(again->stream()->closed());
  EXPECT_THAT(first->stream()->text(), Not(HasSubstr("done")));
}

TEST(ResumedReply, OfAnotherSessionOrStreamIsNotFound) {
  EndpointHost host;
  const std::string session = host.open_session();
  const auto first = call(host, session);
  host.catalog.pending()->progress(1);
  host.settle();
  const std::string id = events_of(first->stream()->text()).front().id;
  const std::string stream = id.substr(0, id.find('.'));
  EXPECT_EQ(EndpointHost::read(*resume(host, host.open_session(), id)).status, 404);
  EXPECT_EQ(EndpointHost::read(*resume(host, session, "cAAAAAAAAAAAAAAAA.0")).status, 404);
  EXPECT_EQ(EndpointHost::read(*resume(host, session, stream + ".99")).status, 404);
  EXPECT_EQ(EndpointHost::read(*resume(host, session, stream + ".-1")).status, 404);
  EXPECT_FALSE(first->stream()->closed());
  host.catalog.pending()->finish({});
}

TEST(ResumedReply, CannotBeFoundWhileTheDatabaseIsDown) {
  EndpointHost host;
  const std::string session = host.open_session();
  host.stores->events.set_down(true);
  EXPECT_EQ(EndpointHost::read(*resume(host, session, "cAAAAAAAAAAAAAAAA.0")).status, 503);
}

TEST(ResumableReply, ReachesTheClientThatStaysWhenNothingCanBeStored) {
  EndpointHost host;
  const auto exchange = call(host, host.open_session());
  host.stores->events.set_down(true);
  host.catalog.pending()->progress(1);
  host.settle();
  host.stores->events.set_down(false);
  host.catalog.pending()->progress(2);
  host.catalog.pending()->finish(make_text_outcome("done"));
  host.settle();
  const std::vector<Event> events = events_of(exchange->stream()->text());
  ASSERT_EQ(events.size(), 3u) << exchange->stream()->text();
  for (const Event& event : events) EXPECT_EQ(event.id, "");
  EXPECT_THAT(events[2].data, HasSubstr("done"));
  EXPECT_TRUE(exchange->stream()->closed());
  EXPECT_EQ(host.stores->events.streams(), 0u);
}

TEST(ResumableReply, LosesItsIdsWhenItGrowsTooLarge) {
  EndpointHost host;
  const std::string session = host.open_session();
  const auto exchange = call(host, session);
  host.catalog.pending()->progress(1);
  host.settle();
  const std::string id = events_of(exchange->stream()->text()).front().id;
  host.catalog.pending()->finish(
      make_text_outcome(std::string(mcp::limits::kStreamLogBytesMax, 'x')));
  host.settle();
  EXPECT_EQ(events_of(exchange->stream()->text()).back().id, "");
  EXPECT_TRUE(exchange->stream()->closed());
  EXPECT_EQ(EndpointHost::read(*resume(host, session, id)).status, 404);
}

TEST(ResumableReply, KeepsItsOrderWhateverTheStoreDoes) {
  EndpointHost host;
  const auto exchange = call(host, host.open_session());
  for (int i = 1; i <= 30; ++i) host.catalog.pending()->progress(i);
  host.catalog.pending()->finish(make_text_outcome("done"));
  host.settle();
  host.settle();
  const std::vector<Event> events = events_of(exchange->stream()->text());
  ASSERT_EQ(events.size(), 32u);
  for (int i = 1; i <= 30; ++i) {
    EXPECT_THAT(events[static_cast<std::size_t>(i)].data,
                HasSubstr("\"progress\":" + std::to_string(i)));
  }
}

}  // namespace
}  // namespace mcph::test
