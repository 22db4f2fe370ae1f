// Values of arguments as text in a URL or a header (OpenAPI 3.0.3 §4.7.12.2, "style"). What the
// document calls a name is never a value's to change. All throw mcph::Failure for a value that does
// not fit its place.
#pragma once

#include <string>
#include <string_view>

#include "operation.h"

namespace openapi {

// Everything but RFC 3986's unreserved characters.
std::string percent_encode(std::string_view text);

// The place of {name} in a path. It stays within its segment: no dot segments, in any spelling.
std::string encode_in_path(const Parameter& parameter, const Json& value);
// "name=value&..." behind what `query` has.
void append_to_query(std::string& query, const Parameter& parameter, const Json& value);
std::string encode_in_header(const Parameter& parameter, const Json& value);

// One member of a form: as append_to_query does; objects as JSON (OpenAPI 3.0.3 §4.7.14.3).
void append_to_form(std::string& form, const BodyMember& member, const Json& value);

}  // namespace openapi
