// Media types, as far as they decide how something is written or read.
#pragma once

#include <string>
#include <string_view>

namespace openapi {

// "Application/JSON; charset=utf-8" -> "application/json"
std::string media_type_of(std::string_view content_type);
bool is_json_media_type(std::string_view content_type);  // also application/…+json

}  // namespace openapi
