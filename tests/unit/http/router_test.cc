// The table of routes: RFC 9110 §7.4, §9.1, §15.5, §15.6.
#include <future>
#include <set>
#include <stdexcept>

#include "unit/http/support.h"

namespace mcph::http {
namespace {

class Routes : public RouterTest {
 protected:
  Routes() {
    const auto echo = [](const Request& request, const RouteContext& context) {
      std::string body = request.body;
      for (const auto& segment : context.segments) body += '[' + segment + ']';
      return make_text_response(200, "text/plain", body);
    };
    router.add(Method::kGet, "/here", {Run::kInline, Cors::kNone, 8}, echo);
    router.add(Method::kPost, "/here", {Run::kBlocking, Cors::kNone, 8}, echo);
    router.add(Method::kPost, "/open", {Run::kBlocking, Cors::kAnyone, 8}, echo);
    router.add(Method::kGet, "/things/{}", {Run::kInline, Cors::kNone, 8}, echo);
    router.add(Method::kDelete, "/things/{}/parts/{}", {Run::kInline, Cors::kNone, 8}, echo);
    router.add(
        Method::kGet, "/things/all", {Run::kInline, Cors::kNone, 8},
        [](const auto&, const auto&) { return make_text_response(200, "text/plain", "all"); });
  }
};

TEST_F(Routes, AreFoundByMethodAndPath) {
  EXPECT_EQ(send(make(Method::kGet, "/here?query=1")).status, 200);
  EXPECT_EQ(send(make(Method::kPost, "/here")).status, 200);
  EXPECT_EQ(send(make(Method::kHead, "/here")).status, 200);
}

TEST_F(Routes, AreNotFoundUnderAnyOtherSpelling) {
  for (const char* path : {"/", "", "/Here", "/here/", "//here", "/here/x", "/%68ere", "/things",
                           "/things/", "/things/a/b", "http://mcp.example/here", "*"}) {
    EXPECT_EQ(send(make(Method::kGet, path)).status, 404) << path;
  }
}

TEST_F(Routes, HandOverDecodedSegments) {
  EXPECT_EQ(send(make(Method::kGet, "/things/a%2Fb")).body, "[a/b]");
  EXPECT_EQ(send(make(Method::kDelete, "/things/1/parts/2")).body, "[1][2]");
  EXPECT_EQ(send(make(Method::kGet, "/things/%zz")).status, 404);
  EXPECT_EQ(send(make(Method::kGet, "/things/all")).body, "all") << "an exact path wins";
}

TEST_F(Routes, NameTheMethodsThatAreAllowed) {
  const auto response = send(make(Method::kDelete, "/here"));
  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(header(response, "allow"), "GET, HEAD, POST");
  EXPECT_EQ(send(make(Method::kOther, "/here")).status, 405);
  EXPECT_EQ(send(make(Method::kOptions, "/here")).status, 405);
}

TEST_F(Routes, AnswerPreflightsWhereEverybodyMayCall) {
  Request request = make(Method::kOptions, "/open");
  request.headers.add("Access-Control-Request-Headers", "authorization, mcp-protocol-version");
  const auto response = send(request);
  EXPECT_EQ(response.status, 204);
  EXPECT_EQ(header(response, "access-control-allow-methods"), "POST, OPTIONS");
  EXPECT_EQ(header(response, "access-control-allow-headers"),
            "authorization, mcp-protocol-version");
  EXPECT_EQ(header(response, "access-control-allow-origin"), "*");
  EXPECT_EQ(header(send(make(Method::kPost, "/open")), "access-control-allow-origin"), "*");
  EXPECT_EQ(header(send(make(Method::kGet, "/open")), "access-control-allow-origin"), "*");
  EXPECT_EQ(header(send(make(Method::kGet, "/here")), "access-control-allow-origin"), "");
}

// Threat: DNS rebinding.
TEST_F(Routes, AreMisdirectedUnderAnotherHost) {
  for (const char* host :
       {"evil.example", "mcp.example.evil.example", "mcp.example:8443", "127.0.0.1", ""}) {
    Request request = make(Method::kGet, "/here");
    request.headers.set("Host", host);
    EXPECT_EQ(send(request).status, 421) << host;
  }
  Request none = make(Method::kGet, "/here");
  none.headers.clear();
  EXPECT_EQ(send(none).status, 421);
  Request two = make(Method::kGet, "/here");
  two.headers.add("Host", "mcp.example");
  EXPECT_EQ(send(two).status, 421);
  Request with_port = make(Method::kGet, "/here");
  with_port.headers.set("Host", "MCP.example:443");
  EXPECT_EQ(send(with_port).status, 200);
}

TEST_F(Routes, LimitTheBody) {
  Request request = make(Method::kPost, "/here");
  request.body = "12345678";
  EXPECT_EQ(send(request).status, 200);
  request.body += '9';
  EXPECT_EQ(send(request).status, 413);
}

TEST_F(Routes, GiveEveryAnswerTheCommonHeaders) {
  std::set<std::string> ids;
  for (const char* path : {"/here", "/open", "/nowhere"}) {
    const auto response = send(make(Method::kGet, path));
    EXPECT_EQ(header(response, "x-content-type-options"), "nosniff") << path;
    EXPECT_EQ(header(response, "cache-control"), "no-store") << path;
    EXPECT_EQ(header(response, "x-request-id").size(), 16u) << path;
    ids.insert(header(response, "x-request-id"));
  }
  EXPECT_EQ(ids.size(), 3u);
}

TEST_F(Routes, SayNoWhenTooMuchIsUnderWay) {
  std::promise<void> release;
  const auto released = release.get_future().share();
  Executor small("small", 1, 1);
  Router busy(*OriginPolicy::create("https://mcp.example", {}), small, random, log);
  busy.add(Method::kGet, "/slow", {}, [released](const auto&, const auto&) {
    released.wait();
    return Response{};
  });
  std::vector<std::shared_ptr<test::RecordingExchange>> exchanges;
  for (int i = 0; i < 4; ++i) {
    exchanges.push_back(std::make_shared<test::RecordingExchange>());
    busy.handle(make(Method::kGet, "/slow"), exchanges.back());
  }
  // One runs or waits, one waits; the last cannot have found room.
  const auto refused = exchanges.back()->response();
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->status, 503);
  EXPECT_EQ(header(*refused, "retry-after"), "1");
  release.set_value();
  small.stop();
}

TEST_F(Routes, TurnAnExceptionIntoAServerErrorThatSaysNothing) {
  Router failing(*OriginPolicy::create("https://mcp.example", {}), executor, random, log);
  failing.add(Method::kGet, "/throws", {}, [](const auto&, const auto&) -> Response {
    throw std::runtime_error("secret detail");
  });
  const auto response = send(failing, make(Method::kGet, "/throws"));
  EXPECT_EQ(response.status, 500);
  EXPECT_EQ(response.body.find("secret"), std::string::npos);
}

TEST(OriginPolicyNames, AreTheConfiguredOnes) {
  const auto policy =
      *OriginPolicy::create("https://mcp.example", {"https://console.example:8443"});
  EXPECT_TRUE(policy.allows_origin("https://mcp.example"));
  EXPECT_TRUE(policy.allows_origin("https://console.example:8443"));
  for (const char* origin :
       {"null", "", "http://mcp.example", "https://mcp.example.evil.example",
        "https://mcp.example:444", "http://localhost:3000", "https://console.example"}) {
    EXPECT_FALSE(policy.allows_origin(origin)) << origin;
  }
}

TEST(OriginPolicyNames, AreAllLoopbackOnesOnALoopbackListener) {
  const auto policy = *OriginPolicy::create("http://127.0.0.1:8080", {});
  for (const char* host :
       {"127.0.0.1:8080", "localhost:8080", "[::1]:9", "127.0.0.1", "LOCALHOST"}) {
    EXPECT_TRUE(policy.allows_host(host)) << host;
  }
  for (const char* host :
       {"evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "u@localhost",
        "localhost/x", "localhost?x", "localhost#x", "[::1", "10.0.0.1"}) {
    EXPECT_FALSE(policy.allows_host(host)) << host;
  }
  EXPECT_TRUE(policy.allows_origin("http://localhost:3000"));
  EXPECT_FALSE(policy.allows_origin("http://localhost:3000/"));
  EXPECT_FALSE(policy.allows_origin("null"));
  EXPECT_FALSE(policy.allows_origin("ftp://localhost"));
}

TEST(OriginPolicyNames, MustBeOrigins) {
  EXPECT_FALSE(OriginPolicy::create("mcp.example", {}).ok());
  EXPECT_FALSE(OriginPolicy::create("https://mcp.example", {"https://u@x.example"}).ok());
}

}  // namespace
}  // namespace mcph::http
