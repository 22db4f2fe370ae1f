// The same protocol inside TLS.
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <string>
#include <thread>

#include "transport/support/raw_client.h"
#include "transport/support/test_certificate.h"
#include "transport/support/test_server.h"
#include "transport/support/tls_client.h"

namespace mcph::http::test {
namespace {

class Tls : public testing::Test {
 protected:
  static ServerOptions options(const TestCertificate& certificate) {
    ServerOptions options = make_test_options();
    options.tls = certificate.files();
    return options;
  }

  static void handle(Request request, ExchangePtr exchange) {
    if (request.target == "/large") {
      exchange->respond(text_response(std::string(8 << 20, 'x')));
    } else if (request.target == "/stream") {
      const auto stream = exchange->open_stream({});
      for (int i = 0; i < 100; ++i) stream->send("data: " + std::string(5000, 'y') + "\n\n");
    } else {
      exchange->respond(
          text_response((request.tls ? "tls " : "plain ") + std::to_string(request.body.size())));
    }
  }

  TestCertificate certificate_{"first"};
  TestServer server_{handle, options(certificate_)};
};

TEST_F(Tls, SpeaksTheNewestVersionAndHttp11) {
  TlsClient client(server_.port());
  ASSERT_TRUE(client.established());
  EXPECT_EQ(client.protocol_version(), "TLSv1.3");
  EXPECT_EQ(client.alpn(), "http/1.1");
  ASSERT_TRUE(client.send(make_get("/")));
  EXPECT_NE(client.read_until("tls 0").find("200 OK"), std::string::npos);
}

TEST_F(Tls, SpeaksVersion12AndNothingOlder) {
  EXPECT_TRUE(TlsClient(server_.port(), {TLS1_2_VERSION, "http/1.1"}).established());
  EXPECT_FALSE(TlsClient(server_.port(), {TLS1_1_VERSION, "http/1.1"}).established());
  EXPECT_FALSE(TlsClient(server_.port(), {TLS1_VERSION, "http/1.1"}).established());
}

TEST_F(Tls, ServesClientsWithoutAlpnAndRefusesOtherProtocols) {
  EXPECT_TRUE(TlsClient(server_.port(), {0, ""}).established());
  EXPECT_FALSE(TlsClient(server_.port(), {0, "h2"}).established());
}

TEST_F(Tls, CarriesLargeBodiesBothWaysAndManyRequests) {
  TlsClient client(server_.port());
  ASSERT_TRUE(client.established());
  for (int i = 0; i < 50; ++i) {
    ASSERT_TRUE(client.send(make_post("/", std::string(static_cast<std::size_t>(i) * 997, 'b'))));
    const std::string expected = "tls " + std::to_string(i * 997);
    ASSERT_NE(client.read_until(expected).find("200 OK"), std::string::npos) << i;
  }
  std::thread sender([&] { client.send(make_post("/", std::string(4 << 20, 'b'))); });
  sender.join();
  EXPECT_NE(client.read_until("tls 4194304").find("200 OK"), std::string::npos);
  ASSERT_TRUE(client.send(make_get("/large")));
  client.read_until("\r\n\r\n");
  EXPECT_GT(client.read((8 << 20) - 16384).size(), (8u << 20) - 32768);
}

TEST_F(Tls, CarriesStreams) {
  TlsClient client(server_.port());
  ASSERT_TRUE(client.send(make_get("/stream")));
  EXPECT_GT(client.read_until("0\r\n\r\n").size(), 500'000u);
}

TEST_F(Tls, EndsInOrder) {
  TlsClient client(server_.port());
  ASSERT_TRUE(client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"));
  client.read_until("tls 0");
  EXPECT_TRUE(client.sees_close_notify());
}

TEST_F(Tls, SurvivesClientsThatLeaveAtAnyPoint) {
  for (std::size_t bytes : {0, 1, 5, 6, 50}) {
    RawClient client(server_.port());
    client.send(std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11) +
                std::string(bytes, 'x'));
    client.reset();
  }
  for (int i = 0; i < 20; ++i) {
    TlsClient client(server_.port());
    client.send(make_get("/large"));
  }
  TlsClient client(server_.port());
  ASSERT_TRUE(client.send(make_get("/")));
  EXPECT_NE(client.read_until("tls 0").find("200 OK"), std::string::npos);
}

TEST_F(Tls, TakesUpANewCertificateForNewConnections) {
  TlsClient before(server_.port());
  EXPECT_EQ(before.peer_common_name(), "first");
  certificate_.replace("second");
  ASSERT_TRUE(server_->reload_tls().ok());
  EXPECT_EQ(TlsClient(server_.port()).peer_common_name(), "second");
  ASSERT_TRUE(before.send(make_get("/")));
  EXPECT_NE(before.read_until("tls 0").find("200 OK"), std::string::npos);
}

TEST_F(Tls, KeepsTheOldCertificateWhenTheNewOneIsBroken) {
  std::ofstream(certificate_.files().certificate_path) << "not a certificate";
  EXPECT_FALSE(server_->reload_tls().ok());
  EXPECT_EQ(TlsClient(server_.port()).peer_common_name(), "first");
}

TEST(TlsSetup, WithoutAReadableOrMatchingKeyIsAnError) {
  const SystemClock clock;
  const Log log(clock, STDERR_FILENO, LogLevel::kError);
  const TestCertificate one("one");
  const TestCertificate other("other");
  ServerOptions options = make_test_options();
  for (const TlsFiles& files : {TlsFiles{"/nonexistent", one.files().key_path},
                                TlsFiles{one.files().certificate_path, "/nonexistent"},
                                TlsFiles{one.files().certificate_path, other.files().key_path}}) {
    options.tls = files;
    EXPECT_FALSE(Server::create(options, echo, clock, log).ok());
  }
}

TEST(TlsSetup, OfAPlainServerCannotBeReloaded) {
  TestServer server(echo);
  EXPECT_FALSE(server->reload_tls().ok());
}

}  // namespace
}  // namespace mcph::http::test
