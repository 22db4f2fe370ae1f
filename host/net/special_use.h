// Which addresses are on the public Internet. What strangers name must lead nowhere else: not to
// this machine, not to the network behind it, not to a cloud's metadata service (SSRF). Pure.
#pragma once

#include <string_view>

namespace mcph::net {

// `bytes` is an address in network order, 4 or 16 bytes. False for everything in the IANA
// special-purpose registries (RFC 6890), for multicast, and for IPv6 forms that carry an IPv4
// address (mapped, NAT64, 6to4, Teredo): those would be a second way to write a forbidden one.
bool is_public_address(std::string_view bytes) noexcept;
bool is_loopback_address(std::string_view bytes) noexcept;  // 127.0.0.0/8, ::1

}  // namespace mcph::net
