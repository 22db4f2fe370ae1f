#include "store/params.h"

#include <cctype>

#include "base/encoding.h"

namespace mcph::store {

Params& Params::text(std::string_view value) {
  has_nul_ = has_nul_ || value.find('\0') != std::string_view::npos;
  values_.emplace_back(std::string(value));
  return *this;
}

Params& Params::bytes(std::string_view value) {
  values_.emplace_back("\\x" + to_hex(value));
  return *this;
}

Params& Params::integer(std::int64_t value) {
  values_.emplace_back(std::to_string(value));
  return *this;
}

Params& Params::integer(const std::optional<std::int64_t>& value) {
  if (value) return integer(*value);
  values_.emplace_back(std::nullopt);
  return *this;
}

Params& Params::boolean(bool value) {
  values_.emplace_back(value ? "t" : "f");
  return *this;
}

Params& Params::time(UnixTime value) {
  return integer(to_unix(value));
}

Params& Params::time(const std::optional<UnixTime>& value) {
  if (value) return time(*value);
  values_.emplace_back(std::nullopt);
  return *this;
}

Params& Params::list(const std::vector<std::string>& values) {
  std::string literal = "{";
  for (const std::string& value : values) {
    if (literal.size() > 1) literal += ',';
    literal += '"';
    for (const char c : value) {
      if (c == '"' || c == '\\') literal += '\\';
      literal += c;
    }
    literal += '"';
  }
  return text(literal + '}');
}

std::vector<const char*> Params::pointers() const {
  std::vector<const char*> pointers;
  pointers.reserve(values_.size());
  for (const auto& value : values_) pointers.push_back(value ? value->c_str() : nullptr);
  return pointers;
}

bool is_uuid(std::string_view text) noexcept {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : std::isxdigit(static_cast<unsigned char>(text[i])) == 0) {
      return false;
    }
  }
  return true;
}

}  // namespace mcph::store
