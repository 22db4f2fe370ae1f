#include "path.h"

#include <algorithm>

#include "reading.h"

namespace openapi {
namespace {

// RFC 3986 §3.3, pchar and "/".
bool is_path_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-._~!$&'()*+,;=:@%/").find(c) != std::string_view::npos;
}

}  // namespace

bool is_dot_segment(std::string_view segment) {
  std::string plain;
  for (std::size_t i = 0; i < segment.size(); ++i) {
    const std::string_view rest = segment.substr(i);
    if (rest.starts_with("%2e") || rest.starts_with("%2E")) {
      plain += '.';
      i += 2;
    } else {
      plain += segment[i];
    }
  }
  return plain == "." || plain == "..";
}

std::vector<PathPart> parse_path(std::string_view path) {
  const auto refuse = [path](const char* why) {
    throw Refusal("the path " + shorten(std::string(path), 128) + " " + why);
  };
  if (!path.starts_with('/')) refuse("does not begin with a slash");
  std::vector<PathPart> parts;
  for (std::size_t at = 0; at < path.size();) {
    if (path[at] == '{') {
      const std::size_t end = path.find('}', at);
      if (end == path.npos || end == at + 1) refuse("has an unfinished parameter");
      parts.push_back({std::string(path.substr(at + 1, end - at - 1)), true});
      at = end + 1;
      continue;
    }
    const std::size_t end = std::min(path.find('{', at), path.size());
    const std::string_view text = path.substr(at, end - at);
    if (!std::all_of(text.begin(), text.end(), is_path_character)) {
      refuse("has a character that paths do not have");
    }
    parts.push_back({std::string(text), false});
    at = end;
  }
  for (std::size_t at = 0; at < path.size();) {
    const std::size_t end = std::min(path.find('/', at + 1), path.size());
    if (is_dot_segment(path.substr(at + 1, end - at - 1))) refuse("has a . or .. in it");
    at = end;
  }
  return parts;
}

}  // namespace openapi
