// Threat 13: what strangers name must not lead to this machine or to the network behind it.
#include "net/special_use.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>

#include <string>

namespace mcph::net {
namespace {

std::string bytes_of(const char* text) {
  std::string bytes(16, '\0');
  if (inet_pton(AF_INET6, text, bytes.data()) == 1) return bytes;
  bytes.resize(4);
  EXPECT_EQ(inet_pton(AF_INET, text, bytes.data()), 1) << text;
  return bytes;
}

TEST(IsPublicAddress, RefusesEverySpecialUseOfIPv4) {
  for (const char* text :
       {"0.0.0.0",         "0.255.255.255",   "10.0.0.1",        "10.255.255.255",  "100.64.0.1",
        "100.127.255.255", "127.0.0.1",       "127.255.255.254", "169.254.169.254", "172.16.0.1",
        "172.31.255.255",  "192.0.0.8",       "192.0.2.1",       "192.88.99.1",     "192.168.0.1",
        "192.168.255.255", "198.18.0.1",      "198.19.255.255",  "198.51.100.7",    "203.0.113.7",
        "224.0.0.1",       "239.255.255.255", "240.0.0.1",       "255.255.255.255"}) {
    EXPECT_FALSE(is_public_address(bytes_of(text))) << text;
  }
}

TEST(IsPublicAddress, RefusesEverySpecialUseOfIPv6) {
  for (const char* text : {"::",
                           "::1",
                           "::127.0.0.1",
                           "::ffff:127.0.0.1",
                           "::ffff:8.8.8.8",
                           "64:ff9b::8.8.8.8",
                           "64:ff9b::10.0.0.1",
                           "64:ff9b:1::1",
                           "100::1",
                           "2001::1",
                           "2001:0:53aa:64c::1",
                           "2001:10::1",
                           "2001:20::1",
                           "2001:db8::1",
                           "2002:7f00:1::",
                           "2002:a00:1::1",
                           "3fff::1",
                           "5f00::1",
                           "fc00::1",
                           "fd12:3456::1",
                           "fe80::1",
                           "fec0::1",
                           "ff02::1"}) {
    EXPECT_FALSE(is_public_address(bytes_of(text))) << text;
  }
}

TEST(IsPublicAddress, AllowsTheInternet) {
  for (const char* text : {"1.1.1.1",         "8.8.8.8",         "9.255.255.255",
                           "11.0.0.0",        "100.63.255.255",  "100.128.0.0",
                           "126.255.255.255", "128.0.0.0",       "172.15.255.255",
                           "172.32.0.0",      "192.167.255.255", "192.169.0.0",
                           "198.17.255.255",  "198.20.0.0",      "223.255.255.255",
                           "2606:4700::1111", "2a00:1450::1",    "2001:4860:4860::8888",
                           "2003::1",         "2001:200::1"}) {
    EXPECT_TRUE(is_public_address(bytes_of(text))) << text;
  }
}

TEST(IsPublicAddress, RefusesWhatIsNoAddress) {
  EXPECT_FALSE(is_public_address(""));
  EXPECT_FALSE(is_public_address("12345"));
}

TEST(IsLoopbackAddress, KnowsBothFamilies) {
  EXPECT_TRUE(is_loopback_address(bytes_of("127.0.0.1")));
  EXPECT_TRUE(is_loopback_address(bytes_of("127.1.2.3")));
  EXPECT_TRUE(is_loopback_address(bytes_of("::1")));
  for (const char* text : {"::", "::2", "1::1", "::ffff:127.0.0.1", "128.0.0.1", "10.0.0.1"}) {
    EXPECT_FALSE(is_loopback_address(bytes_of(text))) << text;
  }
}

}  // namespace
}  // namespace mcph::net
