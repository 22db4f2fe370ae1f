// The one style sheet of the pages. A constant, so that its digest can stand in the policy.
#pragma once

#include <string_view>

namespace mcph::oauth {

std::string_view page_style() noexcept;

}  // namespace mcph::oauth
