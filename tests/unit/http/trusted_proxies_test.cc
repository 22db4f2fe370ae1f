// Whose address counts when requests come through proxies (threat 16: forwarded headers are
// believed only from where the operator said).
#include "http/trusted_proxies.h"

#include <gtest/gtest.h>

namespace mcph::http {
namespace {

Request make(const std::string& peer, const std::string& name = {}, const std::string& value = {}) {
  Request request;
  request.peer = peer;
  if (!name.empty()) request.headers.add(name, value);
  return request;
}

TrustedProxies trust(const std::vector<std::string>& networks,
                     ForwardedHeader header = ForwardedHeader::kXForwardedFor) {
  return TrustedProxies::create(networks, header).value();
}

TEST(TrustedProxies, AreNobodyUnlessNamed) {
  EXPECT_EQ(TrustedProxies().find_client(make("10.0.0.1", "X-Forwarded-For", "203.0.113.9")),
            "10.0.0.1");
  EXPECT_EQ(trust({"10.0.0.0/8"}).find_client(make("192.0.2.1", "X-Forwarded-For", "203.0.113.9")),
            "192.0.2.1");
}

TEST(TrustedProxies, SayForWhomTheyAsk) {
  const auto proxies = trust({"10.0.0.0/8", "2001:db8:1::/48"});
  EXPECT_EQ(proxies.find_client(make("10.0.0.1", "X-Forwarded-For", "203.0.113.9")), "203.0.113.9");
  EXPECT_EQ(proxies.find_client(make("2001:db8:1::5", "x-forwarded-for", "2001:db8:2::1")),
            "2001:db8:2::1");
  EXPECT_EQ(proxies.find_client(make("10.0.0.1", "X-Forwarded-For", "203.0.113.9:4711")),
            "203.0.113.9");
  EXPECT_EQ(proxies.find_client(make("10.0.0.1", "X-Forwarded-For", "[2001:db8:2::1]:4711")),
            "2001:db8:2::1");
  EXPECT_EQ(proxies.find_client(make("10.0.0.1")), "10.0.0.1") << "the proxy itself";
}

// What a client wrote stands before what the proxies wrote.
TEST(TrustedProxies, AreBelievedOnlyAsFarAsTheyReach) {
  const auto proxies = trust({"10.0.0.0/8"});
  const auto client = [&](const std::string& value) {
    return proxies.find_client(make("10.0.0.1", "X-Forwarded-For", value));
  };
  EXPECT_EQ(client("1.2.3.4, 203.0.113.9"), "203.0.113.9");
  EXPECT_EQ(client("1.2.3.4, 203.0.113.9, 10.0.0.7"), "203.0.113.9");
  EXPECT_EQ(client("10.0.0.9, 203.0.113.9"), "203.0.113.9");
  EXPECT_EQ(client("10.0.0.9, 10.0.0.8"), "10.0.0.9");
  EXPECT_EQ(client("203.0.113.9, unknown"), "10.0.0.1");
  EXPECT_EQ(client("203.0.113.9,"), "10.0.0.1");
  EXPECT_EQ(client("\"x, 203.0.113.9"), "203.0.113.9") << "a quotation mark hides nothing";
}

TEST(TrustedProxies, AddTheirHopsInSeveralFieldsToo) {
  Request request = make("10.0.0.1", "X-Forwarded-For", "1.2.3.4");
  request.headers.add("X-Forwarded-For", "203.0.113.9");
  EXPECT_EQ(trust({"10.0.0.0/8"}).find_client(request), "203.0.113.9");
}

// A proxy that writes one header passes the other on as the client sent it.
TEST(TrustedProxies, WriteOneHeaderAndTheOtherIsIgnored) {
  EXPECT_EQ(trust({"10.0.0.1"}).find_client(make("10.0.0.1", "Forwarded", "for=203.0.113.9")),
            "10.0.0.1");
  const auto standard = trust({"10.0.0.1"}, ForwardedHeader::kForwarded);
  EXPECT_EQ(standard.find_client(make("10.0.0.1", "X-Forwarded-For", "203.0.113.9")), "10.0.0.1");
  EXPECT_EQ(standard.find_client(make("10.0.0.1", "Forwarded",
                                      "for=1.2.3.4, proto=https;For=\"[2001:db8:2::1]:99\"")),
            "2001:db8:2::1");
  EXPECT_EQ(standard.find_client(make("10.0.0.1", "Forwarded", "for=1.2.3.4, for=_hidden")),
            "10.0.0.1");
}

TEST(TrustedProxies, AreNetworks) {
  EXPECT_FALSE(TrustedProxies::create({"10.0.0.0/40"}, ForwardedHeader::kXForwardedFor).ok());
}

}  // namespace
}  // namespace mcph::http
