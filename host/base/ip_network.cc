#include "base/ip_network.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace mcph {
namespace {

constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

}  // namespace

std::optional<IpAddress> parse_ip(const std::string& text) {
  IpAddress address{};
  if (inet_pton(AF_INET6, text.c_str(), address.data()) == 1) return address;
  std::copy(kMapped.begin(), kMapped.end(), address.begin());
  if (inet_pton(AF_INET, text.c_str(), address.data() + kMapped.size()) == 1) return address;
  return std::nullopt;
}

std::string write_ip(const IpAddress& address) {
  std::array<char, INET6_ADDRSTRLEN> out{};
  const bool v4 = std::equal(kMapped.begin(), kMapped.end(), address.begin());
  const auto* bytes = address.data() + (v4 ? kMapped.size() : 0);
  const char* text = inet_ntop(v4 ? AF_INET : AF_INET6, bytes, out.data(), out.size());
  return text == nullptr ? std::string() : std::string(text);
}

bool IpNetwork::contains(const IpAddress& other) const noexcept {
  const unsigned whole = bits / 8;
  const unsigned rest = bits % 8;
  if (std::memcmp(other.data(), address.data(), whole) != 0) return false;
  return rest == 0 || ((other[whole] ^ address[whole]) >> (8 - rest)) == 0;
}

std::optional<IpNetwork> parse_ip_network(const std::string& text) {
  const std::size_t slash = std::min(text.find('/'), text.size());
  const std::string name = text.substr(0, slash);
  const auto address = parse_ip(name);
  if (!address) return std::nullopt;
  const bool v4 = name.find(':') == std::string::npos;
  const unsigned bits_max = v4 ? 32 : 128;
  unsigned bits = bits_max;
  if (slash < text.size()) {
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data() + slash + 1, end, bits);
    if (read.ec != std::errc{} || read.ptr != end || bits > bits_max) return std::nullopt;
  }
  return IpNetwork{*address, v4 ? bits + 96 : bits};
}

}  // namespace mcph
