// Text encodings of bytes: base64, base64url (RFC 4648), hex, percent (RFC 3986) and HTML form
// (WHATWG application/x-www-form-urlencoded). Pure functions; decoders are strict and return
// nothing for anything that is not exactly what an encoder would have written.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mcph {

std::string to_base64(std::string_view bytes);                     // padded
std::optional<std::string> from_base64(std::string_view text);     // padding required
std::string to_base64url(std::string_view bytes);                  // never padded
std::optional<std::string> from_base64url(std::string_view text);  // padding refused
std::string to_hex(std::string_view bytes);                        // lower case
std::optional<std::string> from_hex(std::string_view text);

// Everything but RFC 3986 unreserved characters becomes %XX: safe in a path segment or a query.
std::string to_percent(std::string_view text);
std::optional<std::string> from_percent(std::string_view text);

// Fields in their order, duplicates kept: callers decide what a duplicate means.
using FormFields = std::vector<std::pair<std::string, std::string>>;
std::optional<FormFields> parse_form(std::string_view body);
std::string to_form(const FormFields& fields);

// True when the text is well-formed UTF-8 without surrogates or overlong forms (RFC 3629).
bool is_utf8(std::string_view text) noexcept;

}  // namespace mcph
