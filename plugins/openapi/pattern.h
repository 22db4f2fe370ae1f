// Which regular expressions every JSON Schema validator understands alike.
#pragma once

#include <string_view>

namespace openapi {

// Classes, groups, alternatives and small counts. Not: look-around, back references, \p{...}.
bool is_common_pattern(std::string_view pattern);

}  // namespace openapi
