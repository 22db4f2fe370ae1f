#include "base/ip_network.h"

#include <gtest/gtest.h>

namespace mcph {
namespace {

bool contains(const std::string& network, const std::string& address) {
  return parse_ip_network(network).value().contains(parse_ip(address).value());
}

TEST(IpNetwork, ContainsItsAddresses) {
  EXPECT_TRUE(contains("10.0.0.0/8", "10.255.0.1"));
  EXPECT_FALSE(contains("10.0.0.0/8", "11.0.0.0"));
  EXPECT_TRUE(contains("192.0.2.128/25", "192.0.2.200"));
  EXPECT_FALSE(contains("192.0.2.128/25", "192.0.2.127"));
  EXPECT_TRUE(contains("2001:db8::/33", "2001:db8:7fff::1"));
  EXPECT_FALSE(contains("2001:db8::/33", "2001:db8:8000::1"));
  EXPECT_TRUE(contains("192.0.2.1", "192.0.2.1"));
  EXPECT_FALSE(contains("192.0.2.1", "192.0.2.2"));
  EXPECT_TRUE(contains("0.0.0.0/0", "203.0.113.9"));
  EXPECT_FALSE(contains("0.0.0.0/0", "2001:db8::1"));
}

TEST(IpNetwork, KnowsAMappedAddressAsTheOneItIs) {
  EXPECT_TRUE(contains("192.0.2.0/24", "::ffff:192.0.2.7"));
  EXPECT_EQ(write_ip(parse_ip("::ffff:192.0.2.7").value()), "192.0.2.7");
  EXPECT_EQ(write_ip(parse_ip("2001:DB8:0::1").value()), "2001:db8::1");
}

TEST(IpNetwork, IsNothingElse) {
  for (const char* text : {"", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8x",
                           "::/129", "host", "10.0.0", "10.0.0.0/8/8", " 10.0.0.0"}) {
    EXPECT_FALSE(parse_ip_network(text)) << text;
  }
}

}  // namespace
}  // namespace mcph
