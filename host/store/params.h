// The parameters of one statement, in order, in PostgreSQL's text form. A text with a NUL byte,
// which libpq would cut in silence, makes the whole list invalid instead. A value type.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace mcph::store {

class Params {
 public:
  Params& text(std::string_view value);
  Params& bytes(std::string_view value);  // bytea: any byte
  Params& integer(std::int64_t value);
  Params& integer(const std::optional<std::int64_t>& value);
  Params& boolean(bool value);
  Params& time(UnixTime value);  // for to_timestamp($n)
  Params& time(const std::optional<UnixTime>& value);
  Params& list(const std::vector<std::string>& values);  // text[]

  bool has_nul() const noexcept { return has_nul_; }
  // Null pointers are SQL NULLs. Valid as long as this.
  std::vector<const char*> pointers() const;

 private:
  std::vector<std::optional<std::string>> values_;
  bool has_nul_ = false;
};

// True for the text form of a UUID. Anything else in an id is not in the database, and would be an
// error of the statement rather than an empty answer.
bool is_uuid(std::string_view text) noexcept;

}  // namespace mcph::store
