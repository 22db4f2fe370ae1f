// What need_input() asks: {key: {"method", "params"}} for elicitation/create,
// sampling/createMessage and roots/list. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mcph::plugins {

// Nothing when every request has the shape MCP gives it, else what is wrong.
std::optional<std::string> check_input_requests(std::string_view requests_json);

}  // namespace mcph::plugins
