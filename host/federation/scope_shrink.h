// What a refreshed token may no longer do. Pure.
#pragma once

#include <string>
#include <string_view>

namespace mcph::federation {

// The words of `before` that `after` lacks, space-separated.
std::string find_lost_scopes(std::string_view before, std::string_view after);

}  // namespace mcph::federation
