// HTTP+SSE, the transport of 2024-11-05: one stream, and answers on it from every host.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crypto/hash.h"
#include "unit/mcp/support/endpoint_host.h"

namespace mcph::test {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::string kInitialize = request(
    "0", "initialize", R"({"protocolVersion":"2025-11-25","capabilities":{"sampling":{}}})");

struct SseTest : testing::Test {
  mcp::Arrival arrive(EndpointHost& at, Method method, std::string target, std::string body,
                      CallerPtr caller, const ExchangePtr& exchange) {
    mcp::Arrival arrival{{}, std::move(caller), exchange, &at};
    arrival.request.method = method;
    arrival.request.target = std::move(target);
    arrival.request.body = std::move(body);
    arrival.request.headers.add("Content-Type", "application/json");
    arrival.request.headers.add("X-Principal", arrival.caller->principal.str());
    return arrival;
  }
  std::shared_ptr<RecordingExchange> open(EndpointHost& at, CallerPtr caller = make_caller()) {
    auto exchange = std::make_shared<RecordingExchange>();
    at.endpoint.open_sse(arrive(at, Method::kGet, "/sse", "", std::move(caller), exchange));
    exchange->wait();
    at.settle();
    return exchange;
  }
  // Where the stream says messages go.
  static std::string target_of(RecordingExchange& exchange) {
    const std::string text = exchange.stream()->text();
    EXPECT_THAT(text, StartsWith("event: endpoint\ndata: /messages?sessionId="));
    const std::size_t at = text.find("data: ") + 6;
    return text.substr(at, text.find('\n', at) - at);
  }
  Answer post(EndpointHost& at, const std::string& target, std::string body,
              CallerPtr caller = make_caller()) {
    auto exchange = std::make_shared<RecordingExchange>();
    at.endpoint.take_sse_message(
        arrive(at, Method::kPost, target, std::move(body), std::move(caller), exchange));
    Answer answer = EndpointHost::read(*exchange);
    for (EndpointHost* host : {&a, &b, &a}) host->settle();
    return answer;
  }

  EndpointHost a;
  EndpointHost b{EndpointHost::default_options(), make_key_ring(), a.stores};
};

TEST_F(SseTest, AnswersOnTheStream) {
  const auto stream = open(a);
  const std::string target = target_of(*stream);
  EXPECT_EQ(post(a, target, kInitialize).status, 202);
  EXPECT_THAT(stream->stream()->text(),
              HasSubstr("event: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":0,\"result\":"
                        "{\"protocolVersion\":\"2024-11-05\""));
  EXPECT_EQ(post(a, target, request("1", "ping")).status, 202);
  EXPECT_THAT(stream->stream()->text(),
              HasSubstr("event: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n\n"));
  EXPECT_THAT(stream->stream()->text(), Not(HasSubstr("id: ")));
}

TEST_F(SseTest, AnswersWhatReachedAnotherHost) {
  const auto stream = open(a);
  const std::string target = target_of(*stream);
  EXPECT_EQ(post(b, target, kInitialize).status, 202);
  EXPECT_THAT(stream->stream()->text(), HasSubstr("\"id\":0,\"result\":"));
  for (int i = 1; i <= 5; ++i) post(b, target, request(std::to_string(i), "ping"));
  post(b, target, request("\"t\"", "tools/call", R"({"name":"echo","arguments":{"a":1}})"));
  const std::string text = stream->stream()->text();
  for (int i = 1; i <= 5; ++i) {
    EXPECT_THAT(text, HasSubstr("\"id\":" + std::to_string(i) + ",\"result\":{}}"));
  }
  EXPECT_THAT(text, HasSubstr("\"id\":\"t\""));
  EXPECT_EQ(a.stores->events.dump().find_first_not_of('\n'), std::string::npos)
      << "what was sent is not kept";
}

TEST_F(SseTest, KnowsOnEveryHostWhatTheClientCanDo) {
  const auto stream = open(a);
  post(b, target_of(*stream), kInitialize);
  const std::string id = *from_percent(target_of(*stream).substr(20));
  EXPECT_EQ(a.store->load(crypto::sha256(id))->capabilities, mcp::kCanSample);
}

TEST_F(SseTest, RefusesStrangers) {
  const auto stream = open(a);
  const std::string target = target_of(*stream);
  EXPECT_EQ(post(a, target, request("1", "ping"), make_caller("bob")).status, 404);
  EXPECT_EQ(post(a, "/messages", request("1", "ping")).status, 404);
  EXPECT_EQ(post(a, "/messages?sessionId=x", request("1", "ping")).status, 404);
  EXPECT_EQ(post(a, target + "&sessionId=x", request("1", "ping")).status, 404);
  const std::string other = a.open_session();
  EXPECT_EQ(post(a, "/messages?sessionId=" + to_percent(other), request("1", "ping")).status, 404)
      << "a session of the other transport";
  const std::string id = *from_percent(target.substr(20));
  EXPECT_EQ(a.ask(id, request("1", "ping")).status, 404) << "and the other way round";
}

TEST_F(SseTest, RefusesWhatIsNoMessage) {
  const std::string target = target_of(*open(a));
  EXPECT_EQ(post(a, target, "{").status, 400);
  EXPECT_EQ(post(a, target, "[]").status, 400);
  EXPECT_EQ(post(a, target, R"({"id":1,"method":"ping"})").status, 400);
}

TEST_F(SseTest, SaysErrorsOnTheStream) {
  const auto stream = open(a);
  const std::string target = target_of(*stream);
  EXPECT_EQ(post(a, target, request("1", "nope")).status, 202);
  EXPECT_THAT(stream->stream()->text(), HasSubstr("-32601"));
}

TEST_F(SseTest, HearsAnnouncements) {
  const auto stream = open(a);
  a.announce({mcp::Announcement::Kind::kToolsChanged, {}});
  EXPECT_THAT(stream->stream()->text(),
              HasSubstr("event: message\ndata: {\"jsonrpc\":\"2.0\",\"method\":"
                        "\"notifications/tools/list_changed\""));
}

TEST_F(SseTest, EndsTheSessionEverywhereWhenTheClientGoes) {
  const auto stream = open(a);
  const std::string target = target_of(*stream);
  post(a, target, kInitialize);
  post(b, target, request("1", "ping"));
  a.catalog.add_pending("slow");
  post(a, target, request("2", "tools/call", R"({"name":"slow"})"));
  stream->go_away();
  a.settle();
  EXPECT_TRUE(a.catalog.pending()->cancelled());
  EXPECT_EQ(post(a, target, request("3", "ping")).status, 404);
  b.endpoint.note_session_terminated(crypto::sha256(*from_percent(target.substr(20))));
  EXPECT_EQ(post(b, target, request("3", "ping")).status, 404);
  EXPECT_EQ(a.stores->events.streams(), 0u);
  EXPECT_EQ(a.endpoint.open_streams(), 0u);
}

TEST_F(SseTest, CannotBeOpenedWithoutADatabase) {
  a.stores->events.set_down(true);
  EXPECT_EQ(EndpointHost::read(*open(a)).status, 503);
}

}  // namespace
}  // namespace mcph::test
