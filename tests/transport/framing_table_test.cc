// Every doubtful way to frame a request, and what becomes of it. Who lets one of these pass lets
// somebody smuggle.
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <vector>

#include "transport/support/raw_client.h"
#include "transport/support/test_server.h"

namespace mcph::http::test {
namespace {

struct Case {
  const char* name;
  std::string bytes;
  int status;  // 200: accepted, and the connection goes on
};

// So that a refusal is seen at once and not at a deadline, "refused" cases end as a request would.
std::string get(const std::string& fields) {
  return "GET /a HTTP/1.1\r\n" + fields + "\r\n";
}
std::string post(const std::string& fields, const std::string& body) {
  return "POST /a HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n" + body;
}
std::string chunked(const std::string& body) {
  return post("Transfer-Encoding: chunked\r\n", body);
}

std::vector<Case> accepted_cases() {
  return {
      {"plain", get("Host: h\r\n"), 200},
      {"host with port", get("Host: example.com:8080\r\n"), 200},
      {"IPv6 host", get("Host: [::1]:8080\r\n"), 200},
      {"lower-case names", get("host: h\r\n"), 200},
      {"no space behind the colon", get("Host:h\r\n"), 200},
      {"tabs around the value", get("Host:\th\t\r\n"), 200},
      {"empty value", get("Host: h\r\nX-Empty:\r\n"), 200},
      {"8-bit text in a value", get("Host: h\r\nX-Name: J\xc3\xb6rg\r\n"), 200},
      {"empty line before the request", "\r\n" + get("Host: h\r\n"), 200},
      {"absolute-form", "GET http://other.example/a HTTP/1.1\r\nHost: h\r\n\r\n", 200},
      {"asterisk-form", "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n", 200},
      {"length 0", post("Content-Length: 0\r\n", ""), 200},
      {"length with leading zeros", post("Content-Length: 005\r\n", "hello"), 200},
      {"length and body", post("Content-Length: 5\r\n", "hello"), 200},
      {"GET with a body", "GET /a HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi", 200},
      {"chunks", chunked("5\r\nhello\r\n0\r\n\r\n"), 200},
      {"no chunk but the last", chunked("0\r\n\r\n"), 200},
      {"chunk size in upper case", chunked("A\r\n0123456789\r\n0\r\n\r\n"), 200},
      {"chunk size with zeros", chunked("0005\r\nhello\r\n000\r\n\r\n"), 200},
      {"chunk extensions", chunked("5;a=b;c=\"d\\\"e\"\r\nhello\r\n0;x\r\n\r\n"), 200},
      {"trailers", chunked("5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n"), 200},
      {"coding in upper case", post("Transfer-Encoding: CHUNKED\r\n", "0\r\n\r\n"), 200},
      {"unknown field twice", get("Host: h\r\nX-A: 1\r\nX-A: 2\r\n"), 200},
      {"different Mcp fields", get("Host: h\r\nMcp-Name: a\r\nMcp-Method: b\r\n"), 200},
      {"unknown Connection option", get("Host: h\r\nConnection: Ext\r\n"), 200},
      {"Cache-Control of any kind", get("Host: h\r\nCache-Control: NO-CACHE, x\r\n"), 200},
      {"Accept of any kind", get("Host: h\r\nAccept: *;q=x\r\n"), 200},
      {"malformed Cookie", get("Host: h\r\nCookie: a;;\r\nCookie: b\r\n"), 200},
      {"percent and plus in the target", "GET /a%20b?c=%00&d=+ HTTP/1.1\r\nHost: h\r\n\r\n", 200},
  };
}

std::vector<Case> refused_cases() {
  return {
      // ---- the request line ----
      {"HTTP/2.0", "GET /a HTTP/2.0\r\nHost: h\r\n\r\n", 505},
      {"HTTP/1.2", "GET /a HTTP/1.2\r\nHost: h\r\n\r\n", 505},
      {"HTTP/0.9", "GET /a HTTP/0.9\r\nHost: h\r\n\r\n", 505},
      {"no version", "GET /a\r\nHost: h\r\n\r\n", 400},
      {"half a version", "GET /a HTTP/1.\r\nHost: h\r\n\r\n", 400},
      {"another protocol", "GET /a SMTP/1.1\r\nHost: h\r\n\r\n", 400},
      {"lower-case version", "GET /a http/1.1\r\nHost: h\r\n\r\n", 400},
      {"two spaces", "GET  /a HTTP/1.1\r\nHost: h\r\n\r\n", 400},
      {"space in the target", "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n", 400},
      {"tab in the target", "GET /a\tb HTTP/1.1\r\nHost: h\r\n\r\n", 400},
      {"NUL in the target", "GET /a" + std::string(1, '\0') + "b HTTP/1.1\r\nHost: h\r\n\r\n", 400},
      {"fragment in the target", "GET /a#b HTTP/1.1\r\nHost: h\r\n\r\n", 400},
      {"8-bit target", "GET /\xc3\xb6 HTTP/1.1\r\nHost: h\r\n\r\n", 400},
      {"target without slash", "GET a HTTP/1.1\r\nHost: h\r\n\r\n", 400},
      {"asterisk-form of GET", "GET * HTTP/1.1\r\nHost: h\r\n\r\n", 400},
      {"other scheme", "GET ftp://h/a HTTP/1.1\r\nHost: h\r\n\r\n", 400},
      {"absolute-form without host", "GET http:///a HTTP/1.1\r\nHost: h\r\n\r\n", 400},
      {"user in the authority", "GET http://u@h/a HTTP/1.1\r\nHost: h\r\n\r\n", 400},
      {"CONNECT", "CONNECT h:443 HTTP/1.1\r\nHost: h\r\n\r\n", 501},
      {"TRACE", "TRACE /a HTTP/1.1\r\nHost: h\r\n\r\n", 501},
      {"unknown method", "MKCOL /a HTTP/1.1\r\nHost: h\r\n\r\n", 501},
      {"lower-case method", "get /a HTTP/1.1\r\nHost: h\r\n\r\n", 501},
      {"no method", " /a HTTP/1.1\r\nHost: h\r\n\r\n", 400},
      {"bare LF behind the request line", "GET /a HTTP/1.1\nHost: h\r\n\r\n", 400},
      {"two empty lines before", "\r\n\r\nGET /a HTTP/1.1\r\nHost: h\r\n\r\n", 400},
      {"TLS to a plain port", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 rest\r\n\r\n", 400},
      {"target of 9 KB", "GET /" + std::string(9000, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n", 414},
      {"request line of 20 KB", "GET /" + std::string(20'000, 'a'), 414},
      // ---- Host ----
      {"no Host", get("X: y\r\n"), 400},
      {"two Hosts", get("Host: h\r\nHost: h\r\n"), 400},
      {"empty Host", get("Host:\r\n"), 400},
      {"path in Host", get("Host: h/a\r\n"), 400},
      {"user in Host", get("Host: u@h\r\n"), 400},
      {"space in Host", get("Host: a b\r\n"), 400},
      {"port that is none", get("Host: h:port\r\n"), 400},
      {"port too long", get("Host: h:123456\r\n"), 400},
      {"port alone", get("Host: :80\r\n"), 400},
      {"half an IPv6 address", get("Host: [::1\r\n"), 400},
      // ---- fields ----
      {"no colon", get("Host: h\r\nX\r\n"), 400},
      {"space before the colon", get("Host: h\r\nX : y\r\n"), 400},
      {"empty name", get("Host: h\r\n: y\r\n"), 400},
      {"space in a name", get("Host: h\r\nX Y: z\r\n"), 400},
      {"8-bit name", get("Host: h\r\nX\xc3\xb6: z\r\n"), 400},
      {"folded value", get("Host: h\r\nX: a\r\n b\r\n"), 400},
      {"folded with a tab", get("Host: h\r\nX: a\r\n\tb\r\n"), 400},
      {"folded empty first line", get("Host: h\r\nX:\r\n b\r\n"), 400},
      {"folded into nothing", get("Host: h\r\nX: a\r\n \r\n"), 400},
      {"folded all empty", get("Host: h\r\nX:\r\n \r\n"), 400},
      {"folded first field", "GET /a HTTP/1.1\r\n Host: h\r\n\r\n", 400},
      {"bare LF behind a field", "GET /a HTTP/1.1\r\nHost: h\nX: y\r\n\r\n", 400},
      {"bare CR in a value", get("Host: h\r\nX: a\rb\r\n"), 400},
      {"NUL in a value", get("Host: h\r\nX: a" + std::string(1, '\0') + "b\r\n"), 400},
      {"control in a value", get("Host: h\r\nX: a\x01\r\n"), 400},
      {"DEL in a value", get("Host: h\r\nX: a\x7f\r\n"), 400},
      {"CR instead of the empty line", "GET /a HTTP/1.1\r\nHost: h\r\n\rX", 400},
      {"two Authorizations", get("Host: h\r\nAuthorization: a\r\nAuthorization: b\r\n"), 400},
      {"two Origins", get("Host: h\r\nOrigin: http://a\r\nOrigin: http://b\r\n"), 400},
      {"two Content-Types", get("Host: h\r\nContent-Type: a/b\r\nContent-Type: a/b\r\n"), 400},
      {"an Mcp field twice", get("Host: h\r\nMcp-Session-Id: a\r\nmcp-session-id: b\r\n"), 400},
      {"malformed Connection", get("Host: h\r\nConnection: a b\r\n"), 400},
      {"unknown expectation", get("Host: h\r\nExpect: 200-ok\r\n"), 417},
      {"101 fields",
       [] {
         std::string fields = "Host: h\r\n";
         for (int i = 0; i < 100; ++i) fields += "X-" + std::to_string(i) + ": y\r\n";
         return get(fields);
       }(),
       431},
      {"value of 17 KB", get("Host: h\r\nX: " + std::string(17'000, 'a') + "\r\n"), 431},
      {"head of 20 KB without end", "GET /a HTTP/1.1\r\nHost: h\r\nX: " + std::string(20'000, 'a'),
       431},
      // ---- Content-Length ----
      {"length abc", post("Content-Length: abc\r\n", ""), 400},
      {"length in hex", post("Content-Length: 0x5\r\n", "hello"), 400},
      {"length empty", post("Content-Length:\r\n", ""), 400},
      {"length 5abc", post("Content-Length: 5abc\r\n", "hello"), 400},
      {"length +5", post("Content-Length: +5\r\n", "hello"), 400},
      {"length -1", post("Content-Length: -1\r\n", ""), 400},
      {"length as a list", post("Content-Length: 5, 5\r\n", "hello"), 400},
      {"two equal lengths", post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello"), 400},
      {"two lengths", post("Content-Length: 5\r\nContent-Length: 6\r\n", "hello!"), 400},
      {"length with a space before the colon", post("Content-Length : 5\r\n", "hello"), 400},
      {"length beyond 64 bits", post("Content-Length: 99999999999999999999999\r\n", ""), 400},
      {"length 8 GB", post("Content-Length: 8589934592\r\n", ""), 413},
      {"length one beyond the limit", post("Content-Length: 4194305\r\n", ""), 413},
      // ---- Transfer-Encoding ----
      {"length and coding", post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", ""), 400},
      {"coding and length", post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", ""), 400},
      {"two codings", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", ""),
       400},
      {"gzip, chunked", post("Transfer-Encoding: gzip, chunked\r\n", ""), 501},
      {"gzip in another field",
       post("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", ""), 400},
      {"chunked twice", post("Transfer-Encoding: chunked, chunked\r\n", ""), 501},
      {"identity", post("Transfer-Encoding: identity\r\n", ""), 501},
      {"half a coding", post("Transfer-Encoding: ch\r\n", ""), 501},
      {"coding with a parameter", post("Transfer-Encoding: chunked;x=y\r\n", ""), 501},
      {"empty coding", post("Transfer-Encoding:\r\n", ""), 501},
      {"coding in quotes", post("Transfer-Encoding: \"chunked\"\r\n", ""), 501},
      {"coding behind a tab character",
       post("Transfer-Encoding: \x0b"
            "chunked\r\n",
            ""),
       400},
      {"coding in HTTP/1.0",
       "POST /a HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      // ---- chunks ----
      {"chunk size in C", chunked("0x5\r\nhello\r\n0\r\n\r\n"), 400},
      {"no chunk size", chunked("\r\nhello\r\n0\r\n\r\n"), 400},
      {"negative chunk size", chunked("-5\r\nhello\r\n0\r\n\r\n"), 400},
      {"space before the chunk size", chunked(" 5\r\nhello\r\n0\r\n\r\n"), 400},
      {"space behind the chunk size", chunked("5 \r\nhello\r\n0\r\n\r\n"), 400},
      {"chunk longer than it says", chunked("5\r\nhello!\r\n0\r\n\r\n"), 400},
      {"chunk ended by LF", chunked("5\r\nhello\n0\r\n\r\n"), 400},
      {"chunk size ended by LF", chunked("5\nhello\r\n0\r\n\r\n"), 400},
      {"chunk size beyond 64 bits", chunked("fffffffffffffffff\r\nhello\r\n"), 400},
      {"chunk of 4 GB", chunked("ffffffff\r\nhello\r\n"), 413},
      {"chunks beyond the limit together",
       chunked("3fffff\r\n" + std::string(0x3fffff, 'a') + "\r\n2\r\nbb\r\n0\r\n\r\n"), 413},
      {"control in a chunk extension", chunked("5;\x01\r\nhello\r\n0\r\n\r\n"), 400},
      {"chunk extension of 20 KB",
       chunked("5;" + std::string(20'000, 'a') + "\r\nhello\r\n0\r\n\r\n"), 431},
      {"20 KB of chunk extensions", chunked([] {
         std::string body;
         for (int i = 0; i < 20; ++i) body += "1;" + std::string(1000, 'a') + "\r\nx\r\n";
         return body + "0\r\n\r\n";
       }()),
       431},
      {"length in the trailers", chunked("0\r\nContent-Length: 5\r\n\r\n"), 400},
      {"trailers of 20 KB, complete", chunked("0\r\nX: " + std::string(20'000, 'a') + "\r\n\r\n"),
       431},
      {"101 trailers", chunked([] {
         std::string body = "0\r\n";
         for (int i = 0; i < 101; ++i) body += "X-" + std::to_string(i) + ": y\r\n";
         return body + "\r\n";
       }()),
       431},
      {"malformed trailer", chunked("0\r\nX\r\n\r\n"), 400},
      {"trailers of 20 KB", chunked("0\r\nX: " + std::string(20'000, 'a')), 431},
  };
}

TEST(FramingTable, AcceptsWhatTheStandardAllowsAndStaysInStep) {
  std::atomic<int> handled{0};
  TestServer server([&](Request request, ExchangePtr exchange) {
    ++handled;
    echo(std::move(request), std::move(exchange));
  });
  for (const Case& c : accepted_cases()) {
    SCOPED_TRACE(c.name);
    handled = 0;
    RawClient client(server.port());
    ASSERT_TRUE(client.send(c.bytes));
    const auto reply = client.read_reply();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, c.status) << reply->body;
    const auto next = client.get("/next");
    ASSERT_TRUE(next);
    EXPECT_EQ(next->body, echo_of("GET", "/next", ""));
    EXPECT_EQ(handled, 2);
  }
}

TEST(FramingTable, RefusesWhatIsAmbiguousAndEndsTheConnection) {
  std::atomic<int> handled{0};
  TestServer server([&](Request request, ExchangePtr exchange) {
    ++handled;
    echo(std::move(request), std::move(exchange));
  });
  for (const Case& c : refused_cases()) {
    SCOPED_TRACE(c.name);
    RawClient client(server.port());
    client.send(c.bytes + make_get("/smuggled"));
    const auto reply = client.read_reply();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, c.status) << reply->body;
    EXPECT_EQ(reply->headers.find("connection"), "close");
    EXPECT_TRUE(client.sees_end());
    EXPECT_EQ(handled, 0);
  }
  EXPECT_EQ(server->stats().requests, 0u);
  EXPECT_EQ(server->stats().requests_refused, refused_cases().size());
}

TEST(Framing, TurnsAbsoluteFormIntoAPathAndItsAuthorityIntoHost) {
  TestServer server([](Request request, ExchangePtr exchange) {
    exchange->respond(text_response(request.target + " " +
                                    std::string(request.headers.find("host").value_or("none"))));
  });
  RawClient client(server.port());
  ASSERT_TRUE(client.send("GET http://a.example:8080?q=1 HTTP/1.1\r\nHost: b.example\r\n\r\n"));
  EXPECT_EQ(client.read_reply()->body, "/?q=1 a.example:8080");
}

TEST(Framing, PassesFieldsOnInTheirOrderWithDuplicates) {
  TestServer server([](Request request, ExchangePtr exchange) {
    std::string all;
    for (std::size_t i = 0; i < request.headers.size(); ++i) {
      const auto field = request.headers.at(i);
      all.append(field.name).append("=").append(field.value).append(";");
    }
    exchange->respond(text_response(all));
  });
  RawClient client(server.port());
  ASSERT_TRUE(client.send("GET / HTTP/1.1\r\nHost: h\r\nX-B: 1\r\nX-A:  2 \t\r\nx-b:\r\n\r\n"));
  EXPECT_EQ(client.read_reply()->body, "Host=h;X-B=1;X-A=2;x-b=;");
}

TEST(Framing, KeepsTrailersOutOfTheHead) {
  TestServer server([](Request request, ExchangePtr exchange) {
    exchange->respond(text_response(request.headers.find("authorization") ? "admitted" : "kept"));
  });
  RawClient client(server.port());
  ASSERT_TRUE(client.send(chunked("1\r\nx\r\n0\r\nAuthorization: Bearer stolen\r\n\r\n")));
  EXPECT_EQ(client.read_reply()->body, "kept");
}

TEST(Framing, SaysContinueOnceTheHeadHasPassed) {
  TestServer server(echo);
  RawClient client(server.port());
  ASSERT_TRUE(client.send(post("Content-Length: 5\r\nExpect: 100-continue\r\n", "")));
  EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  ASSERT_TRUE(client.send("hello"));
  EXPECT_EQ(client.read_reply()->body, echo_of("POST", "/a", "hello"));
}

TEST(Framing, DoesNotSayContinueToARequestItRefuses) {
  TestServer server(echo);
  RawClient client(server.port());
  ASSERT_TRUE(client.send(post("Content-Length: 9999999\r\nExpect: 100-continue\r\n", "")));
  EXPECT_EQ(client.read_reply()->status, 413);
  EXPECT_TRUE(client.sees_end());
}

TEST(Framing, TakesABodyOfExactlyTheLimit) {
  TestServer server([](Request request, ExchangePtr exchange) {
    exchange->respond(text_response(std::to_string(request.body.size())));
  });
  RawClient client(server.port());
  const std::size_t limit = Limits{}.body_bytes_max;
  const auto reply = client.post("/", std::string(limit, 'a'));
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->body, std::to_string(limit));
}

}  // namespace
}  // namespace mcph::http::test
