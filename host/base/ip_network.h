// IP addresses and blocks of them, as values. IPv4 is held as ::ffff:a.b.c.d, so that one client
// has one form. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace mcph {

using IpAddress = std::array<std::uint8_t, 16>;

std::optional<IpAddress> parse_ip(const std::string& text);
std::string write_ip(const IpAddress& address);

struct IpNetwork {
  IpAddress address{};
  unsigned bits = 0;  // of the 128

  bool contains(const IpAddress& other) const noexcept;
};

// "10.0.0.0/8", "2001:db8::/32", or one address.
std::optional<IpNetwork> parse_ip_network(const std::string& text);

}  // namespace mcph
