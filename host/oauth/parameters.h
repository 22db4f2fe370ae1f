// The parameters of a request, from a query or a form body. A value without content counts as
// omitted (RFC 6749 §3.1, §3.2), a repeated one is remembered as such. Immutable.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/encoding.h"

namespace mcph::oauth {

class Parameters {
 public:
  Parameters() = default;
  // Nothing when the encoding is broken, the text is not UTF-8 or there are too many.
  static std::optional<Parameters> parse(std::string_view form);

  // The first value of that name that is not empty.
  std::optional<std::string_view> find(std::string_view name) const;
  std::vector<std::string> find_all(std::string_view name) const;
  bool is_repeated(std::string_view name) const;
  // Whether anything is there twice but `resource`, which may be (RFC 8707 §2).
  bool has_repeated() const;

  // All but those with these names.
  Parameters without(std::initializer_list<std::string_view> names) const;
  // What parse() reads.
  std::string to_text() const { return to_form(fields_); }

 private:
  FormFields fields_;
};

}  // namespace mcph::oauth
