// The part of an address that one subscriber has: what budgets and quotas are kept for. Pure.
#pragma once

#include <string>
#include <string_view>

namespace mcph::oauth {

// An IPv4 address as it is, of an IPv6 one its /64. What is no address comes back as it is.
std::string network_of(std::string_view address);

}  // namespace mcph::oauth
