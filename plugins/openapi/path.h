// Path templates: "/pets/{id}/photos".
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace openapi {

struct PathPart {
  std::string text;  // as it is sent; or the name of a parameter
  bool is_parameter = false;
};

// Throws Refusal for what is no absolute path, or would leave its place.
std::vector<PathPart> parse_path(std::string_view path);

// Whether a segment of a path, "." and ".." in any spelling, leads elsewhere.
bool is_dot_segment(std::string_view segment);

}  // namespace openapi
