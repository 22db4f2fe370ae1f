// The text of a peer's address, as rate limits and the audit log know it.
#pragma once

#include <sys/socket.h>

#include <string>

namespace mcph::http {

// No port, no scope. An IPv4-mapped IPv6 address (::ffff:192.0.2.1, what a dual-stack listener sees
// of an IPv4 client) is written as IPv4, so that one client has one name. Empty for other families.
std::string make_peer_text(const sockaddr_storage& address);

}  // namespace mcph::http
