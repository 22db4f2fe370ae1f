// What follows a request that was refused is not a request, however much it looks like one.
#include <gtest/gtest.h>

#include <atomic>
#include <string>

#include "transport/support/raw_client.h"
#include "transport/support/test_server.h"

namespace mcph::http::test {
namespace {

class Smuggling : public testing::Test {
 protected:
  // Sends the pieces apart from each other, then checks that the one reply has this status and that
  // the request hidden in them was not seen.
  void expect_single_refusal(std::initializer_list<std::string> pieces, int status) {
    RawClient client(server_.port());
    for (const std::string& piece : pieces) {
      client.send(piece);
      std::this_thread::sleep_for(Milliseconds(5));
    }
    const auto all = client.read_to_end();
    ASSERT_TRUE(all);
    EXPECT_TRUE(all->starts_with("HTTP/1.1 " + std::to_string(status))) << *all;
    EXPECT_EQ(all->find("HTTP/1.1", 1), std::string::npos) << *all;
    EXPECT_EQ(smuggled_, 0);
  }

  std::atomic<int> smuggled_{0};
  TestServer server_{[this](Request request, ExchangePtr exchange) {
    if (request.target == "/smuggled") ++smuggled_;
    echo(std::move(request), std::move(exchange));
  }};
};

const std::string kHidden = "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";

TEST_F(Smuggling, ABodyTooLargeIsNotReadAsARequest) {
  const std::string head = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9999999\r\n\r\n";
  expect_single_refusal({head + kHidden}, 413);
  expect_single_refusal({head, kHidden}, 413);
  expect_single_refusal({head, kHidden, kHidden + kHidden}, 413);
}

TEST_F(Smuggling, ABodyOfDoubtfulLengthIsNotReadAsARequest) {
  const std::string head =
      "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n";
  expect_single_refusal({head + "0\r\n\r\n" + kHidden}, 400);
  expect_single_refusal({head, "0\r\n\r\n", kHidden}, 400);
}

TEST_F(Smuggling, WhatFollowsAMalformedChunkIsNotReadAsARequest) {
  const std::string head = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  expect_single_refusal({head + "zz\r\n" + kHidden}, 400);
  expect_single_refusal({head, "3\r\nabc\r\n", "zz\r\n", kHidden}, 400);
}

TEST_F(Smuggling, WhatFollowsAMalformedHeadIsNotReadAsARequest) {
  expect_single_refusal({"GET / HTTP/1.1\r\nHost : h\r\n\r\n" + kHidden}, 400);
  expect_single_refusal({"GET / HTTP/1.1\r\nHost : h\r\n\r\n", kHidden}, 400);
}

TEST_F(Smuggling, WhatFollowsAnAnswerThatClosesIsNotReadAsARequest) {
  RawClient client(server_.port());
  ASSERT_TRUE(client.send("GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n" + kHidden));
  const auto reply = client.read_reply();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 200);
  EXPECT_EQ(reply->headers.find("connection"), "close");
  EXPECT_TRUE(client.sees_end());
  EXPECT_EQ(smuggled_, 0);
}

TEST_F(Smuggling, ABodyThatLooksLikeARequestIsABody) {
  RawClient client(server_.port());
  const auto reply = client.post("/a", kHidden);
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->body, echo_of("POST", "/a", kHidden));
  EXPECT_EQ(client.get("/b")->body, echo_of("GET", "/b", ""));
  EXPECT_EQ(smuggled_, 0);
}

}  // namespace
}  // namespace mcph::http::test
