#include "http/transport/request_reader.h"

#include <gtest/gtest.h>

#include <string>

namespace mcph::http {
namespace {

using Step = RequestReader::Step;

const Limits kLimits;

TEST(RequestReader, TakesOneRequestAndLeavesTheRest) {
  RequestReader reader(kLimits);
  const std::string first = "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi";
  const auto progress = reader.feed(first + "GET /b");
  EXPECT_EQ(progress.step, Step::kComplete);
  EXPECT_EQ(progress.consumed, first.size());
  const Request request = reader.take();
  EXPECT_EQ(request.method, Method::kPost);
  EXPECT_EQ(request.target, "/a");
  EXPECT_EQ(request.body, "hi");
}

TEST(RequestReader, RemembersNothingOfTheRequestBefore) {
  RequestReader reader(kLimits);
  reader.feed("POST /a HTTP/1.0\r\nX-A: 1\r\nContent-Length: 2\r\n\r\nhi");
  reader.take();
  reader.reset();
  EXPECT_FALSE(reader.started());
  EXPECT_EQ(reader.feed("GET /b HTTP/1.1\r\nHost: h\r\n\r\n").step, Step::kComplete);
  const Request request = reader.take();
  EXPECT_EQ(request.body, "");
  EXPECT_EQ(request.headers.size(), 1u);
  EXPECT_EQ(reader.minor_version(), 1u);
  EXPECT_TRUE(reader.keep_alive());
}

TEST(RequestReader, JudgesTheHeadBeforeItTouchesTheBody) {
  RequestReader reader(kLimits);
  const std::string head = "POST /a HTTP/1.1\r\nContent-Length: 2\r\n\r\n";  // no Host
  const auto progress = reader.feed(head + "hi");
  EXPECT_EQ(progress.step, Step::kRefused);
  EXPECT_EQ(progress.consumed, head.size());
  EXPECT_EQ(reader.refusal().status, 400);
}

TEST(RequestReader, SaysHowFarTheRequestIs) {
  RequestReader reader(kLimits);
  EXPECT_FALSE(reader.started());
  reader.feed("GET");
  EXPECT_TRUE(reader.started());
  EXPECT_FALSE(reader.head_done());
  reader.reset();
  reader.feed("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_TRUE(reader.head_done());
  EXPECT_TRUE(reader.awaits_continue());
}

TEST(RequestReader, DoesNotExpectToSayContinueToHttp10) {
  RequestReader reader(kLimits);
  reader.feed("POST / HTTP/1.0\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_TRUE(reader.head_done());
  EXPECT_FALSE(reader.awaits_continue());
}

// The text a request is made of may stand anywhere in memory; every split must give the same.
TEST(RequestReader, ReadsTheSameHoweverItIsFed) {
  const std::string bytes =
      "\r\nPOST /a HTTP/1.1\r\nHost: h\r\nX: y\r\nTransfer-Encoding: chunked\r\n\r\n"
      "1;e=f\r\na\r\nA\r\n0123456789\r\n0\r\nT: u\r\n\r\n";
  for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
    RequestReader reader(kLimits);
    std::string waiting;
    Step step = Step::kNeedMore;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
      ASSERT_EQ(step, Step::kNeedMore) << piece;
      waiting += bytes.substr(at, piece);
      // A copy of exactly that size, so that a read beyond it is found.
      const std::string exact(waiting);
      const auto progress = reader.feed(exact);
      waiting.erase(0, progress.consumed);
      step = progress.step;
    }
    ASSERT_EQ(step, Step::kComplete) << piece;
    EXPECT_EQ(waiting, "");
    const Request request = reader.take();
    EXPECT_EQ(request.body, "a0123456789") << piece;
    EXPECT_EQ(request.headers.size(), 3u) << piece;
  }
}

TEST(RequestReader, BoundsWhatItReservesForAPromisedBody) {
  Limits limits;
  limits.body_bytes_max = std::size_t{1} << 40;
  RequestReader reader(limits);
  reader.feed("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1099511627776\r\n\r\nx");
  EXPECT_LT(reader.take().body.capacity(), 1u << 20);
}

}  // namespace
}  // namespace mcph::http
