// What an answer looks like on the wire, whoever gives it, whenever.
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <thread>

#include "transport/support/raw_client.h"
#include "transport/support/test_server.h"

namespace mcph::http::test {
namespace {

TEST(Reply, HasLengthAndDateAndKeepsTheConnectionWithoutBeingAsked) {
  TestServer server(echo);
  RawClient client(server.port());
  for (int i = 0; i < 3; ++i) {
    const auto reply = client.get("/a");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->headers.find("content-length"), std::to_string(reply->body.size()));
    EXPECT_EQ(reply->headers.find("date").value_or("").size(), 29u);  // RFC 9110 §5.6.7
    EXPECT_FALSE(reply->headers.find("connection"));
    EXPECT_FALSE(reply->headers.find("server"));
  }
}

TEST(Reply, ToHttp10ClosesUnlessTheClientAskedToStay) {
  TestServer server(echo);
  RawClient client(server.port());
  ASSERT_TRUE(client.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
  EXPECT_EQ(client.read_reply()->headers.find("connection"), "keep-alive");
  ASSERT_TRUE(client.send("GET /a HTTP/1.0\r\n\r\n"));
  const auto reply = client.read_reply();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->body, echo_of("GET", "/a", ""));
  EXPECT_EQ(reply->headers.find("connection"), "close");
  EXPECT_TRUE(client.sees_end());
}

TEST(Reply, ClosesWhenTheClientAsks) {
  TestServer server(echo);
  RawClient client(server.port());
  ASSERT_TRUE(client.send("GET /a HTTP/1.1\r\nHost: h\r\nConnection: Close\r\n\r\n"));
  EXPECT_EQ(client.read_reply()->headers.find("connection"), "close");
  EXPECT_TRUE(client.sees_end());
}

TEST(Reply, ClosesWhenTheHandlerAsks) {
  TestServer server([](Request, ExchangePtr exchange) {
    Response response = text_response("bye");
    response.headers.add("Connection", "close");
    exchange->respond(std::move(response));
  });
  RawClient client(server.port());
  const auto reply = client.get("/");
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->headers.count("connection"), 1u);
  EXPECT_TRUE(client.sees_end());
}

TEST(Reply, ToHeadHasTheLengthButNoBody) {
  TestServer server(echo);
  RawClient client(server.port());
  ASSERT_TRUE(client.send("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n"));
  const auto head = client.read_reply(true);
  ASSERT_TRUE(head);
  EXPECT_EQ(head->headers.find("content-length"), std::to_string(echo_of("HEAD", "/a", "").size()));
  EXPECT_EQ(client.get("/b")->body, echo_of("GET", "/b", ""));  // in step
}

TEST(Reply, WithoutContentHasNoBody) {
  TestServer server([](Request request, ExchangePtr exchange) {
    Response response = text_response("not to be sent");
    response.status = request.target == "/204" ? 204 : 304;
    exchange->respond(std::move(response));
  });
  RawClient client(server.port());
  for (const char* target : {"/204", "/304", "/204"}) {
    ASSERT_TRUE(client.send(make_get(target)));
    const auto reply = client.read_reply(true);
    ASSERT_TRUE(reply);
    EXPECT_EQ("/" + std::to_string(reply->status), target);
    EXPECT_FALSE(reply->headers.find("content-length"));
  }
}

TEST(Reply, KeepsEachFieldInItsOrder) {
  TestServer server([](Request, ExchangePtr exchange) {
    Response response = text_response("");
    response.headers.add("Set-Cookie", "a=1");
    response.headers.add("Set-Cookie", "b=2");
    exchange->respond(std::move(response));
  });
  RawClient client(server.port());
  ASSERT_TRUE(client.send(make_get("/")));
  const auto text = client.read_until("\r\n\r\n");
  ASSERT_TRUE(text);
  EXPECT_NE(text->find("Set-Cookie: a=1\r\nSet-Cookie: b=2\r\n"), std::string::npos);
}

TEST(Reply, TakesNoFramingFromTheHandler) {
  TestServer server([](Request, ExchangePtr exchange) {
    Response response = text_response("four");
    response.headers.add("Content-Length", "400");
    response.headers.add("transfer-encoding", "chunked");
    response.headers.add("Date", "yesterday");
    exchange->respond(std::move(response));
  });
  RawClient client(server.port());
  for (int i = 0; i < 2; ++i) {
    const auto reply = client.get("/");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->body, "four");
    EXPECT_EQ(reply->headers.count("content-length"), 1u);
    EXPECT_EQ(reply->headers.count("date"), 1u);
    EXPECT_NE(reply->headers.find("date"), "yesterday");
  }
}

TEST(Reply, ThatWouldInjectAFieldIsA500Instead) {
  struct Field {
    std::string name, value;
  };
  const Field fields[] = {
      {"Location", "/a\r\nSet-Cookie: x=y"},
      {"Location", "/a\nX: y"},
      {"Location", "/a\rX: y"},
      {"Location", std::string("/a\0b", 4)},
      {"Location", "/a\x7f"},
      {"X: y\r\nZ", "v"},
      {"X Y", "v"},
      {"", "v"},
      {"X:", "v"},
  };
  std::size_t at = 0;
  TestServer server([&](Request, ExchangePtr exchange) {
    Response response = text_response("secret");
    response.headers.add(fields[at].name, fields[at].value);
    exchange->respond(std::move(response));
  });
  RawClient client(server.port());
  for (at = 0; at < std::size(fields); ++at) {
    const auto reply = client.get("/");
    ASSERT_TRUE(reply) << at;
    EXPECT_EQ(reply->status, 500) << at;
    EXPECT_EQ(reply->body, "Internal Server Error\n") << at;
    EXPECT_FALSE(reply->headers.find("set-cookie")) << at;
  }
}

TEST(Reply, WithAStatusThatIsNoneIsA500Instead) {
  int status = 0;
  TestServer server([&](Request, ExchangePtr exchange) {
    Response response = text_response("");
    response.status = status;
    exchange->respond(std::move(response));
  });
  RawClient client(server.port());
  for (int odd : {-1, 0, 99, 100, 101, 199, 600, 1000}) {
    status = odd;
    EXPECT_EQ(client.get("/")->status, 500) << odd;
  }
}

TEST(Reply, ToAHandlerThatThrowsIsABare500) {
  TestServer server([](Request request, ExchangePtr exchange) {
    if (request.target == "/answered") exchange->respond(text_response("answered"));
    if (request.target == "/int") throw 42;
    throw std::runtime_error("password=hunter2");
  });
  RawClient client(server.port());
  for (const char* target : {"/std", "/int"}) {
    const auto reply = client.get(target);
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 500);
    EXPECT_EQ(reply->body, "Internal Server Error\n");
  }
  EXPECT_EQ(client.get("/answered")->body, "answered");
  EXPECT_EQ(server->stats().handler_failures, 3u);
}

TEST(Reply, ForgottenIsABare500) {
  TestServer server([](Request request, ExchangePtr exchange) {
    if (request.target == "/now") return;
    std::thread([exchange = std::move(exchange)]() mutable { exchange.reset(); }).detach();
  });
  RawClient client(server.port());
  EXPECT_EQ(client.get("/now")->status, 500);
  EXPECT_EQ(client.get("/later")->status, 500);
}

TEST(Reply, IsTheFirstOneGiven) {
  TestServer server([](Request request, ExchangePtr exchange) {
    exchange->respond(text_response("first"));
    exchange->respond(text_response("second"));
    EXPECT_FALSE(exchange->open_stream({})->send("data: third\n\n"));
    if (request.target == "/throw") throw 1;
  });
  RawClient client(server.port());
  EXPECT_EQ(client.get("/")->body, "first");
  EXPECT_EQ(client.get("/throw")->body, "first");
  EXPECT_EQ(client.get("/")->body, "first");
}

TEST(Reply, OfManyMegabytesArrivesWhole) {
  std::string large(20 * 1024 * 1024, '\0');
  for (std::size_t i = 0; i < large.size(); ++i) large[i] = static_cast<char>(i * 31 >> 8);
  TestServer server(
      [&](Request, ExchangePtr exchange) { exchange->respond(text_response(large)); });
  RawClient client(server.port());
  const auto reply = client.get("/");
  ASSERT_TRUE(reply);
  EXPECT_TRUE(reply->body == large);
  EXPECT_TRUE(client.get("/")->body == large);
}

TEST(Reply, KnowsItsPeerAsIpv4EvenOnADualStackListener) {
  ServerOptions options = make_test_options();
  options.address = "::";
  TestServer server(
      [](Request request, ExchangePtr exchange) {
        exchange->respond(text_response(request.peer + (request.tls ? " tls" : " plain")));
      },
      options);
  RawClient client(server.port());
  if (!client.connected()) GTEST_SKIP() << "no dual-stack sockets here";
  EXPECT_EQ(client.get("/")->body, "127.0.0.1 plain");
}

}  // namespace
}  // namespace mcph::http::test
