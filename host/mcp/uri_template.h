// A resource template (RFC 6570, level 1 and {+x}), read from the other end: which URIs does it
// make, and of which values? {x} stands for one path segment, {+x} for any text. Immutable.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace mcph::mcp {

class UriTemplate {
 public:
  // In the order of the template, percent-decoded (once).
  using Variables = std::vector<std::pair<std::string, std::string>>;

  // kInvalid with the reason for what is no template, or one whose values could not be told apart.
  static Result<UriTemplate> parse(std::string_view text);

  // The shortest values, from the left. Nothing when the URI does not fit, or when a value is not
  // what it should be: no UTF-8, a control character, "." or ".." as a segment, a '/' in an {x}.
  std::optional<Variables> match(std::string_view uri) const;

  bool has_variable(std::string_view name) const noexcept;

  // When both fit one URI, the one that says more answers: the longer text before its first
  // variable, then {x} before {+x}, then more text. A strict weak order, for sorting.
  static bool says_more(const UriTemplate& a, const UriTemplate& b) noexcept;

 private:
  struct Part {  // a variable, and what follows it
    std::string name;
    bool reserved = false;  // {+x}
    std::string literal;
  };
  struct Search;
  std::size_t count_literals() const noexcept;
  bool has_reserved() const noexcept;
  bool match_from(std::size_t part, std::string_view rest, Search& search) const;

  std::string prefix_;
  std::vector<Part> parts_;
};

}  // namespace mcph::mcp
