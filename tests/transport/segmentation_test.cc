// TCP may cut the bytes anywhere. What is understood must not depend on it.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "transport/support/raw_client.h"
#include "transport/support/test_server.h"

namespace mcph::http::test {
namespace {

std::string chunk(const std::string& data) {
  char size[32];
  std::snprintf(size, sizeof size, "%zx\r\n", data.size());
  return size + data + "\r\n";
}

std::string chunked_request(const std::vector<std::string>& chunks) {
  std::string request = "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (const std::string& data : chunks) request += chunk(data);
  return request + "0\r\n\r\n";
}

const std::vector<std::string> kChunks = {"hello", " ", "\r\n", "0\r\n\r\n", std::string(300, 'x')};

std::string joined() {
  std::string all;
  for (const std::string& data : kChunks) all += data;
  return all;
}

// The second part follows only when the first was read: the server sees the cut.
bool send_in_two(RawClient& client, const std::string& bytes, std::size_t cut) {
  if (!client.send(bytes.substr(0, cut))) return false;
  std::this_thread::sleep_for(std::chrono::microseconds(300));
  return client.send(bytes.substr(cut));
}

TEST(Segmentation, AChunkedBodyMayBeCutAtEveryOffset) {
  TestServer server(echo);
  RawClient client(server.port());
  const std::string request = chunked_request(kChunks);
  for (std::size_t cut = 1; cut < request.size(); ++cut) {
    ASSERT_TRUE(send_in_two(client, request, cut));
    const auto reply = client.read_reply();
    ASSERT_TRUE(reply) << "cut at " << cut;
    ASSERT_EQ(reply->body, echo_of("POST", "/a", joined())) << "cut at " << cut;
  }
}

TEST(Segmentation, TwoPipelinedRequestsMayBeCutAtEveryOffset) {
  TestServer server(echo);
  RawClient client(server.port());
  const std::string requests =
      make_post("/a", "12345") + chunked_request({"67", "8"}) + make_get("/c");
  for (std::size_t cut = 1; cut < requests.size(); ++cut) {
    ASSERT_TRUE(send_in_two(client, requests, cut));
    ASSERT_EQ(client.read_reply()->body, echo_of("POST", "/a", "12345")) << "cut at " << cut;
    ASSERT_EQ(client.read_reply()->body, echo_of("POST", "/a", "678")) << "cut at " << cut;
    ASSERT_EQ(client.read_reply()->body, echo_of("GET", "/c", "")) << "cut at " << cut;
  }
}

TEST(Segmentation, EveryByteMayComeAlone) {
  TestServer server(echo);
  RawClient client(server.port());
  for (const std::string& request :
       {chunked_request(kChunks), chunked_request({}), "\r\n" + make_post("/a", joined())}) {
    ASSERT_TRUE(client.send_bytewise(request));
    const auto reply = client.read_reply();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 200);
  }
  ASSERT_TRUE(client.send_bytewise(make_get("/b")));
  EXPECT_EQ(client.read_reply()->body, echo_of("GET", "/b", ""));
}

// The CR of a chunk as the last byte of a full read made stock Pistache hang for ever.
TEST(Segmentation, AChunkMayEndAroundAnyPowerOfTwo) {
  TestServer server(echo);
  RawClient client(server.port());
  const std::string head = "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (std::size_t boundary = 1024; boundary <= 128 * 1024; boundary *= 2) {
    for (int shift = -8; shift <= 8; ++shift) {
      // A chunk whose data ends so that its CR lies at boundary + shift.
      const std::size_t end = boundary + static_cast<std::size_t>(shift + 8) - 8;
      const std::size_t size = end - head.size() - 10;
      const std::string data(size, 'x');
      char line[32];
      std::snprintf(line, sizeof line, "%08zx\r\n", size);
      ASSERT_TRUE(client.send(head + line + data + "\r\n" + chunk("tail") + "0\r\n\r\n"));
      const auto reply = client.read_reply();
      ASSERT_TRUE(reply) << boundary << shift;
      ASSERT_EQ(reply->body, echo_of("POST", "/a", data + "tail")) << boundary << shift;
    }
  }
}

TEST(Segmentation, AHeadOfFullSizeInSmallPiecesIsReadInLinearTime) {
  TestServer server(echo);
  RawClient client(server.port());
  const std::string head = "GET /a HTTP/1.1\r\nHost: h\r\nX: " + std::string(15'000, 'a');
  ASSERT_TRUE(client.send_bytewise(head));
  ASSERT_TRUE(client.send("\r\n\r\n"));
  EXPECT_EQ(client.read_reply()->status, 200);
}

}  // namespace
}  // namespace mcph::http::test
