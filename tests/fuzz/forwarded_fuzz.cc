// Forwarded addresses: whatever a client writes into the header, the address that counts is the one
// the proxy wrote, which stands last.
#include <cstddef>
#include <cstdint>

#include "base/assert.h"
#include "base/ip_network.h"
#include "http/trusted_proxies.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace mcph;
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  (void)parse_ip_network(text);
  for (const auto header :
       {http::ForwardedHeader::kXForwardedFor, http::ForwardedHeader::kForwarded}) {
    const bool standard = header == http::ForwardedHeader::kForwarded;
    const auto proxies = http::TrustedProxies::create({"10.0.0.0/8"}, header);
    Request request;
    request.peer = "10.0.0.1";
    request.headers.add(standard ? "Forwarded" : "X-Forwarded-For", text);
    ASSERT(parse_ip(proxies->find_client(request)));
    // The proxy adds a field of its own.
    request.headers.add(standard ? "Forwarded" : "X-Forwarded-For",
                        standard ? "for=203.0.113.9" : "203.0.113.9");
    ASSERT(proxies->find_client(request) == "203.0.113.9");
  }
  return 0;
}
