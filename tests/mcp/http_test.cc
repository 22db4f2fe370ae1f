// The MCP endpoint over real sockets: what only shows with transport, router and bearer in place.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "mcp/support/demo_tools.h"
#include "mcp/support/mcp_server.h"
#include "transport/support/raw_client.h"
#include "transport/support/test_server.h"
#include "unit/mcp/support/endpoint_host.h"

namespace mcph::test {
namespace {

using http::test::eventually;
using http::test::RawClient;
using http::test::Reply;

struct Call {
  std::string method = "POST";
  std::string headers;  // lines, each ending in CRLF
  std::string body;
  std::string host = "localhost:8080";
};

std::string make_request(const Call& call) {
  std::string text = call.method + " /mcp HTTP/1.1\r\nHost: " + call.host + "\r\n" + call.headers;
  if (call.method == "POST") text += "Content-Type: application/json\r\n";
  text += "Content-Length: " + std::to_string(call.body.size()) + "\r\n\r\n" + call.body;
  return text;
}

class Http : public testing::Test {
 protected:
  Http() { add_demo_tools(server.catalog); }
  ~Http() override {
    if (const auto call = server.catalog.pending()) call->cancel();
  }

  Reply send(Call call, bool with_token = true) {
    if (with_token) call.headers += "Authorization: Bearer " + token + "\r\n";
    RawClient client(server.port());
    client.send(make_request(call));
    return client.read_reply().value_or(Reply{});
  }
  std::string open_session() {
    const Reply reply =
        send({.body = request("0", "initialize", R"({"protocolVersion":"2025-11-25"})")});
    return std::string(reply.headers.find("mcp-session-id").value_or(""));
  }
  std::string modern_call(std::string_view tool, std::string_view meta = {}) const {
    const std::string body =
        request("1", "tools/call",
                R"({"name":")" + std::string(tool) + R"(","_meta":{)" + std::string(meta) +
                    R"("io.modelcontextprotocol/protocolVersion":"2026-07-28",)"
                    R"("io.modelcontextprotocol/clientCapabilities":{}}})");
    return make_request({.headers = "Authorization: Bearer " + token +
                                    "\r\nMCP-Protocol-Version: 2026-07-28\r\n"
                                    "Mcp-Method: tools/call\r\nMcp-Name: " +
                                    std::string(tool) + "\r\n",
                         .body = body});
  }
  std::string get(const std::string& session) const {
    return make_request({.method = "GET",
                         .headers = "Authorization: Bearer " + token +
                                    "\r\nAccept: text/event-stream\r\nMcp-Session-Id: " + session +
                                    "\r\n"});
  }

  McpServer server;
  const std::string token = server.issue_token();
};

TEST_F(Http, WithoutATokenEveryMethodGetsTheChallenge) {
  for (const char* method : {"GET", "POST", "DELETE", "HEAD"}) {
    RawClient client(server.port());
    client.send(make_request({.method = method, .body = "{"}));
    const Reply reply = client.read_reply(std::string_view(method) == "HEAD").value_or(Reply{});
    EXPECT_EQ(reply.status, 401) << method;
    EXPECT_EQ(reply.headers.find("www-authenticate"),
              "Bearer resource_metadata=\"http://localhost:8080/.well-known/"
              "oauth-protected-resource/mcp\", scope=\"todo\"");
  }
}

TEST_F(Http, AForeignOriginIsForbiddenEvenWithAToken) {
  const Reply reply =
      send({.headers = "Origin: https://evil.example.com\r\n", .body = request("1", "ping")});
  EXPECT_EQ(reply.status, 403);
  EXPECT_EQ(send({.headers = "Origin: null\r\n", .body = "{}"}).status, 403);
  EXPECT_EQ(send({.headers = "Origin: https://evil.example.com\r\n"}, false).status, 403);
}

TEST_F(Http, AForeignHostIsRefused) {
  const Reply reply = send({.body = request("1", "ping"), .host = "evil.example.com"});
  EXPECT_GE(reply.status, 400);
  EXPECT_LT(reply.status, 500);
}

TEST_F(Http, ABrowserOfAnAllowedOriginMayReadTheAnswerAndItsSession) {
  const Reply preflight = send({.method = "OPTIONS",
                                .headers = "Origin: http://localhost:6274\r\n"
                                           "Access-Control-Request-Method: POST\r\n"
                                           "Access-Control-Request-Headers: authorization,"
                                           "mcp-param-region\r\n"},
                               false);
  EXPECT_EQ(preflight.status, 204);
  EXPECT_EQ(preflight.headers.find("access-control-allow-origin"), "http://localhost:6274");
  EXPECT_EQ(preflight.headers.find("access-control-allow-headers"),
            "authorization,mcp-param-region");
  const Reply refused = send({.headers = "Origin: http://localhost:6274\r\n", .body = "{}"}, false);
  EXPECT_EQ(refused.status, 401);
  EXPECT_EQ(refused.headers.find("access-control-allow-origin"), "http://localhost:6274");
  const Reply answer =
      send({.headers = "Origin: http://localhost:6274\r\n",
            .body = request("0", "initialize", R"({"protocolVersion":"2025-11-25"})")});
  EXPECT_EQ(answer.status, 200);
  EXPECT_NE(
      answer.headers.find("access-control-expose-headers").value_or("").find("Mcp-Session-Id"),
      std::string_view::npos);
}

TEST_F(Http, AForgedTokenAndOneForAnEndedGrantAreInvalid) {
  Call call{.body = request("1", "ping")};
  call.headers = "Authorization: Bearer mcp_at_forged\r\n";
  EXPECT_EQ(send(call, false).status, 401);
  EXPECT_EQ(send({.body = request("0", "initialize", R"({"protocolVersion":"x"})")}).status, 200);
  server.revoke_token(token);
  const Reply reply = send({.body = request("1", "ping")});
  EXPECT_EQ(reply.status, 401);
  EXPECT_TRUE(reply.headers.find("www-authenticate")->starts_with("Bearer error="));
}

TEST_F(Http, ASessionGoesFromHandshakeToEnd) {
  const std::string session = "Mcp-Session-Id: " + open_session() + "\r\n";
  EXPECT_EQ(send({.headers = session,
                  .body = R"({"jsonrpc":"2.0","method":"notifications/initialized"})"})
                .status,
            202);
  EXPECT_EQ(send({.headers = session, .body = request("1", "tools/list")}).status, 200);
  EXPECT_EQ(send({.method = "DELETE", .headers = session}).status, 204);
  EXPECT_EQ(send({.headers = session, .body = request("2", "tools/list")}).status, 404);
}

TEST_F(Http, AMissingScopeAndAnEndedSignInAreChallenges) {
  RawClient client(server.port());
  client.send(modern_call("forbidden"));
  const Reply scope = client.read_reply().value_or(Reply{});
  EXPECT_EQ(scope.status, 403);
  // What it has already, and what is missing.
  EXPECT_NE(scope.headers.find("www-authenticate")->find("scope=\"todo todo:admin\""),
            std::string_view::npos)
      << *scope.headers.find("www-authenticate");
  client.send(modern_call("signed_out"));
  EXPECT_EQ(client.read_reply().value_or(Reply{}).status, 401);
}

TEST_F(Http, ProgressMakesTheAnswerAStream) {
  RawClient client(server.port());
  client.send(modern_call("countdown", R"("progressToken":"p",)"));
  const std::string text = client.read_until("lift-off").value_or("");
  EXPECT_TRUE(text.starts_with("HTTP/1.1 200 "));
  EXPECT_NE(text.find("text/event-stream"), std::string::npos);
  EXPECT_NE(text.find(R"("progressToken":"p","progress":50,"total":100)"), std::string::npos);
}

TEST_F(Http, AModernClientThatHangsUpCancelsItsCall) {
  {
    RawClient client(server.port());
    client.send(modern_call("patient"));
    ASSERT_TRUE(eventually([this] { return server.catalog.pending() != nullptr; }));
    EXPECT_FALSE(server.catalog.pending()->cancelled());
  }
  EXPECT_TRUE(eventually([this] { return server.catalog.pending()->cancelled(); }));
}

TEST_F(Http, AStreamOfASessionEndsWithItsToken) {
  RawClient client(server.port());
  client.send(get(open_session()));
  ASSERT_TRUE(client.read_until("\r\n\r\n"));
  server.revoke_token(token);
  EXPECT_TRUE(client.read_until("0\r\n\r\n"));  // the last chunk; the connection stays
}

TEST_F(Http, AStreamOfASessionEndsWithTheSession) {
  const std::string session = open_session();
  RawClient client(server.port());
  client.send(get(session));
  ASSERT_TRUE(client.read_until("\r\n\r\n"));
  EXPECT_EQ(send({.method = "DELETE", .headers = "Mcp-Session-Id: " + session + "\r\n"}).status,
            204);
  EXPECT_TRUE(client.read_until("0\r\n\r\n"));
}

TEST_F(Http, ManyClientsAtOnceEachGetTheirOwnAnswer) {
  constexpr int kThreads = 8;
  constexpr int kCalls = 200;
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      const std::string person = "person" + std::to_string(t);
      const std::string own_token = server.issue_token(person);
      RawClient client(server.port());
      for (int i = 0; i < kCalls; ++i) {
        const std::string id = std::to_string(t * kCalls + i);
        client.send(make_request(
            {.headers = "Authorization: Bearer " + own_token +
                        "\r\nMCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\n"
                        "Mcp-Name: echo\r\n",
             .body = request(id, "tools/call",
                             modern_params(R"("name":"echo","arguments":{"n":)" + id + "},"))}));
        const Reply reply = client.read_reply().value_or(Reply{});
        const bool right = reply.status == 200 &&
                           reply.body.find("\"id\":" + id + ",") != std::string::npos &&
                           reply.body.find(R"({\"n\":)" + id + "}") != std::string::npos;
        if (!right) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace mcph::test
