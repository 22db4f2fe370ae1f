// Members of JSON by name and kind, and the one exception of reading a document.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "mcph/json.hpp"

namespace openapi {

using mcph::Json;

// Why a document, or an operation of it, cannot become a tool. For the operator's eyes.
struct Refusal : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Null, or nothing, when absent or of another kind.
const Json* find_object(const Json& object, std::string_view name);
const Json* find_array(const Json& object, std::string_view name);
std::optional<std::string> find_text(const Json& object, std::string_view name);
bool find_flag(const Json& object, std::string_view name, bool otherwise);

// RFC 3629: no surrogates, no overlong forms.
bool is_utf8(std::string_view text);

// `text` in at most `bytes_max` bytes, cut between characters and with "..." where it was.
std::string shorten(std::string text, std::size_t bytes_max);

}  // namespace openapi
