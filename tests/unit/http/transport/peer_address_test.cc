#include "http/transport/peer_address.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

#include <cstring>

namespace mcph::http {
namespace {

template <class Address>
sockaddr_storage store(const Address& address) {
  sockaddr_storage storage{};
  std::memcpy(&storage, &address, sizeof address);
  return storage;
}

sockaddr_storage ipv6(const char* text) {
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_port = htons(4711);
  inet_pton(AF_INET6, text, &address.sin6_addr);
  return store(address);
}

TEST(PeerText, OfIpv4IsTheAddressAlone) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(4711);
  inet_pton(AF_INET, "192.0.2.1", &address.sin_addr);
  EXPECT_EQ(make_peer_text(store(address)), "192.0.2.1");
}

TEST(PeerText, OfIpv6IsItsShortForm) {
  EXPECT_EQ(make_peer_text(ipv6("2001:0db8:0:0::0001")), "2001:db8::1");
}

TEST(PeerText, OfAMappedAddressIsIpv4) {
  EXPECT_EQ(make_peer_text(ipv6("::ffff:192.0.2.1")), "192.0.2.1");
}

TEST(PeerText, OfAnotherFamilyIsEmpty) {
  sockaddr_storage unix_socket{};
  unix_socket.ss_family = AF_UNIX;
  EXPECT_EQ(make_peer_text(unix_socket), "");
}

}  // namespace
}  // namespace mcph::http
