// Who really sent a request that came through a proxy. A forwarded address is believed only from
// the operator's own proxies, and only as far as they vouch for each other: the client is the last
// hop that is none of them. Only the one header that those proxies write is read, as a client could
// send the other kind through them. Immutable, thread-safe.
#pragma once

#include <string>
#include <vector>

#include "base/http_message.h"
#include "base/ip_network.h"
#include "base/result.h"

namespace mcph::http {

enum class ForwardedHeader {
  kXForwardedFor,
  kForwarded,  // RFC 7239
};

class TrustedProxies {
 public:
  TrustedProxies() = default;  // nobody is trusted
  // `networks`: addresses or CIDR blocks, "10.0.0.0/8", "2001:db8::1".
  static Result<TrustedProxies> create(const std::vector<std::string>& networks,
                                       ForwardedHeader header);

  // The address to count and to log this request under. `request.peer` is the socket's.
  std::string find_client(const Request& request) const;
  bool empty() const noexcept { return networks_.empty(); }

 private:
  std::vector<std::string> hops_of(const Request& request) const;
  bool trusts(const IpAddress& address) const noexcept;

  std::vector<IpNetwork> networks_;
  ForwardedHeader header_ = ForwardedHeader::kXForwardedFor;
};

}  // namespace mcph::http
