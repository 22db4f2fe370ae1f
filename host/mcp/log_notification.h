// What a plugin logs during a call, as a notification for its client. Pure, thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "mcp/log_levels.h"

namespace mcph::mcp {

// `fields_json`: a JSON object, or empty. `data` is the message alone, or an object with both.
std::string make_log_notification(Severity severity, std::string_view message,
                                  std::string_view fields_json);

}  // namespace mcph::mcp
