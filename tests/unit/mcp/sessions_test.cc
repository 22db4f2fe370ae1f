// Who may use a session, how long, and on which host.
#include <gtest/gtest.h>

#include "crypto/hash.h"
#include "unit/mcp/support/endpoint_host.h"

namespace mcph::test {
namespace {

const std::string kPing = request("1", "ping");

TEST(SessionIds, CarryTheirState) {
  FakeRandom random;
  const mcp::SessionIds ids(make_key_ring(), random);
  mcp::Session session;
  session.version = mcp::Version::k2025_06_18;
  session.capabilities = mcp::kCanSample | mcp::kHasRoots;
  session.principal = PrincipalId("3f2c");
  session.client = ClientId("https://client.example/metadata.json");
  session.grant = GrantId("");
  session.issued_at = from_unix(1'800'000'000);
  session.expires_at = from_unix(1'900'000'000);
  const std::optional<mcp::Session> opened = ids.open(ids.make(session));
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->version, session.version);
  EXPECT_EQ(opened->capabilities, session.capabilities);
  EXPECT_EQ(opened->principal, session.principal);
  EXPECT_EQ(opened->client, session.client);
  EXPECT_EQ(opened->grant, session.grant);
  EXPECT_EQ(opened->issued_at, session.issued_at);
  EXPECT_EQ(opened->expires_at, session.expires_at);
}

TEST(SessionIds, RememberWhatTheClientCanDo) {
  const auto bits = [](std::string_view text) {
    return mcp::read_capabilities(parse_json(text)->as_object());
  };
  EXPECT_EQ(bits("{}"), 0);
  EXPECT_EQ(bits(R"({"sampling":{}})"), mcp::kCanSample);
  EXPECT_EQ(bits(R"({"sampling":{"tools":{}},"roots":{}})"),
            mcp::kCanSample | mcp::kCanSampleWithTools | mcp::kHasRoots);
  EXPECT_EQ(bits(R"({"elicitation":{}})"), mcp::kCanElicitForm);
  EXPECT_EQ(bits(R"({"elicitation":{"url":{}}})"), mcp::kCanElicitUrl);
  EXPECT_EQ(bits(R"({"elicitation":{"form":{},"url":{}}})"),
            mcp::kCanElicitForm | mcp::kCanElicitUrl);
}

TEST(Sessions, WorkOnEveryHostOfTheInstallation) {
  EndpointHost a;
  EndpointHost b(EndpointHost::default_options(), make_key_ring(), a.stores);
  EXPECT_EQ(b.ask(a.open_session(), kPing).status, 200);
}

TEST(Sessions, OfAnotherInstallationAreUnknown) {
  EndpointHost a;
  EndpointHost stranger(EndpointHost::default_options(), make_key_ring('x'));
  EXPECT_EQ(stranger.ask(a.open_session(), kPing).status, 404);
}

TEST(Sessions, OfAnotherPersonOrClientAreUnknown) {
  EndpointHost host;
  const std::string session = host.open_session();
  EXPECT_EQ(host.ask(session, kPing, make_caller("bob", "desk")).status, 404);
  EXPECT_EQ(host.ask(session, kPing, make_caller("ann", "phone")).status, 404);
  EXPECT_EQ(host.ask(session, kPing, make_caller("ann", "desk")).status, 200);
}

TEST(Sessions, OutliveANewGrantOfTheSamePersonAndClient) {
  EndpointHost host;
  const std::string session = host.open_session();
  auto again = std::make_shared<Caller>(*make_caller());
  again->grant = GrantId("grant-2");
  EXPECT_EQ(host.ask(session, kPing, again).status, 200);
}

TEST(Sessions, ForgedAtAnyByteAreUnknown) {
  EndpointHost host;
  const std::string session = host.open_session();
  for (std::size_t i = 0; i < session.size(); ++i) {
    std::string forged = session;
    forged[i] = forged[i] == 'A' ? 'B' : 'A';
    EXPECT_EQ(host.ask(forged, kPing).status, 404) << i;
  }
  EXPECT_EQ(host.ask(session + "A", kPing).status, 404);
  EXPECT_EQ(host.ask(session.substr(0, session.size() - 1), kPing).status, 404);
  EXPECT_EQ(host.ask(std::string(100'000, 'A'), kPing).status, 404);
}

TEST(Sessions, ARepeatedHeaderIsABadRequest) {
  EndpointHost host;
  const std::string session = host.open_session();
  EXPECT_EQ(host.post({{"Mcp-Session-Id", session}, {"Mcp-Session-Id", session}}, kPing).status,
            400);
}

TEST(Sessions, Expire) {
  EndpointHost host;
  const std::string session = host.open_session();
  host.clock.advance(Seconds(7 * 24 * 3600 - 1));
  EXPECT_EQ(host.ask(session, kPing).status, 200);
  host.clock.advance(Seconds(1));
  EXPECT_EQ(host.ask(session, kPing).status, 404);
}

TEST(Sessions, EndedByTheirClientAreGoneAtOnceHere) {
  EndpointHost host;
  const std::string session = host.open_session();
  EXPECT_EQ(
      EndpointHost::read(*host.send(Method::kDelete, {{"Mcp-Session-Id", session}}, "")).status,
      204);
  EXPECT_EQ(host.ask(session, kPing).status, 404);
  EXPECT_EQ(
      EndpointHost::read(*host.send(Method::kDelete, {{"Mcp-Session-Id", session}}, "")).status,
      404);
}

TEST(Sessions, CannotBeEndedBySomebodyElse) {
  EndpointHost host;
  const std::string session = host.open_session();
  EXPECT_EQ(EndpointHost::read(
                *host.send(Method::kDelete, {{"Mcp-Session-Id", session}}, "", make_caller("bob")))
                .status,
            404);
  EXPECT_EQ(host.ask(session, kPing).status, 200);
}

TEST(Sessions, EndedOnAnotherHostAreGoneHereWithTheNotification) {
  EndpointHost a;
  EndpointHost b(EndpointHost::default_options(), make_key_ring(), a.stores);
  const std::string session = a.open_session();
  EXPECT_EQ(b.ask(session, kPing).status, 200);
  EndpointHost::read(*a.send(Method::kDelete, {{"Mcp-Session-Id", session}}, ""));
  b.endpoint.note_session_terminated(crypto::sha256(session));
  EXPECT_EQ(b.ask(session, kPing).status, 404);
}

TEST(Sessions, EndedOnAnotherHostAreGoneHereSoonEvenIfTheNotificationIsLost) {
  EndpointHost a;
  EndpointHost b(EndpointHost::default_options(), make_key_ring(), a.stores);
  const std::string session = a.open_session();
  EXPECT_EQ(b.ask(session, kPing).status, 200);
  EndpointHost::read(*a.send(Method::kDelete, {{"Mcp-Session-Id", session}}, ""));
  b.clock.advance(mcp::limits::kTerminationTrust);
  EXPECT_EQ(b.ask(session, kPing).status, 404);
}

TEST(Sessions, AskTheStoreOnceInAWhileAndNotForEachCall) {
  EndpointHost a;
  EndpointHost b(EndpointHost::default_options(), make_key_ring(), a.stores);
  const std::string session = a.open_session();
  for (int i = 0; i < 20; ++i) EXPECT_EQ(b.ask(session, kPing).status, 200);
  EXPECT_EQ(a.store->questions(), 1);
  b.clock.advance(mcp::limits::kTerminationTrust);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(b.ask(session, kPing).status, 200);
  EXPECT_EQ(a.store->questions(), 2);
}

TEST(Sessions, ThatCannotBeCheckedAreAskedToComeBack) {
  EndpointHost host;
  const std::string session = host.open_session();
  host.clock.advance(mcp::limits::kTerminationTrust);
  host.store->set_down(true);
  const Answer answer = host.ask(session, kPing);
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.header("retry-after"), "1");
  EXPECT_EQ(
      EndpointHost::read(*host.send(Method::kDelete, {{"Mcp-Session-Id", session}}, "")).status,
      503);
  host.store->set_down(false);
  EXPECT_EQ(host.ask(session, kPing).status, 200);
}

TEST(Sessions, DoNotHideAnUnreadableBodyWhileTheStoreIsAway) {
  EndpointHost host;
  const std::string session = host.open_session();
  host.clock.advance(mcp::limits::kTerminationTrust);
  host.store->set_down(true);
  EXPECT_EQ(host.ask(session, "{").error(), -32700);
}

TEST(Sessions, PushedOutOfTheCacheStillWork) {
  mcp::EndpointOptions options = EndpointHost::default_options();
  options.open_sessions_max = 16;  // one in each shard
  EndpointHost host(options);
  std::vector<std::string> sessions;
  for (int i = 0; i < 100; ++i) sessions.push_back(host.open_session());
  for (const std::string& session : sessions) EXPECT_EQ(host.ask(session, kPing).status, 200);
}

}  // namespace
}  // namespace mcph::test
