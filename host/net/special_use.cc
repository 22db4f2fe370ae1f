#include "net/special_use.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace mcph::net {
namespace {

struct Block {
  std::array<std::uint8_t, 4> prefix;  // the first bytes; the rest of a block is never longer
  int bits;
};

// IPv4, RFC 6890 and its registry.
constexpr std::array<Block, 16> kForbidden4{{
    {{0, 0, 0, 0}, 8},        // this network
    {{10, 0, 0, 0}, 8},       // private
    {{100, 64, 0, 0}, 10},    // carrier-grade NAT
    {{127, 0, 0, 0}, 8},      // loopback
    {{169, 254, 0, 0}, 16},   // link-local, metadata services
    {{172, 16, 0, 0}, 12},    // private
    {{192, 0, 0, 0}, 24},     // IETF protocol assignments
    {{192, 0, 2, 0}, 24},     // documentation
    {{192, 31, 196, 0}, 24},  // AS112
    {{192, 88, 99, 0}, 24},   // 6to4 relays
    {{192, 168, 0, 0}, 16},   // private
    {{198, 18, 0, 0}, 15},    // benchmarks
    {{198, 51, 100, 0}, 24},  // documentation
    {{203, 0, 113, 0}, 24},   // documentation
    {{224, 0, 0, 0}, 4},      // multicast
    {{240, 0, 0, 0}, 4},      // reserved, broadcast
}};

// IPv6: only 2000::/3 is given out for the Internet at all; of it, not these.
constexpr Block kGlobal6{{0x20, 0, 0, 0}, 3};
constexpr std::array<Block, 4> kForbidden6{{
    {{0x20, 0x01, 0x00, 0x00}, 23},  // IETF protocol assignments: Teredo, ORCHID, benchmarks
    {{0x20, 0x01, 0x0d, 0xb8}, 32},  // documentation
    {{0x20, 0x02, 0x00, 0x00}, 16},  // 6to4
    {{0x3f, 0xff, 0x00, 0x00}, 20},  // documentation
}};

std::uint32_t to_number(const std::array<std::uint8_t, 4>& bytes) {
  std::uint32_t value = 0;
  for (const std::uint8_t byte : bytes) value = value << 8 | byte;
  return value;
}

bool is_in(std::string_view bytes, const Block& block) {
  std::array<std::uint8_t, 4> head{};
  std::transform(bytes.begin(), bytes.begin() + 4, head.begin(),
                 [](char c) { return static_cast<std::uint8_t>(c); });
  const std::uint32_t mask = ~std::uint32_t{0} << (32 - block.bits);
  return (to_number(head) & mask) == (to_number(block.prefix) & mask);
}

}  // namespace

bool is_public_address(std::string_view bytes) noexcept {
  const auto holds = [bytes](const Block& block) { return is_in(bytes, block); };
  if (bytes.size() == 4) return std::none_of(kForbidden4.begin(), kForbidden4.end(), holds);
  if (bytes.size() != 16 || !is_in(bytes, kGlobal6)) return false;
  return std::none_of(kForbidden6.begin(), kForbidden6.end(), holds);
}

bool is_loopback_address(std::string_view bytes) noexcept {
  if (bytes.size() == 4) return bytes.front() == 127;
  return bytes.size() == 16 && bytes.back() == 1 &&
         std::all_of(bytes.begin(), bytes.end() - 1, [](char c) { return c == 0; });
}

}  // namespace mcph::net
