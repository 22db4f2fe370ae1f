// YAML as JSON: the part of YAML 1.2 that is JSON in another dress. The one user of libyaml.
#pragma once

#include <string>
#include <string_view>

namespace openapi {

// JSON text of at most `bytes_max` bytes. Plain scalars by the core schema; keys are texts; aliases
// are copied. Throws Refusal, also for merge keys, tags and a second document.
std::string make_json_of_yaml(std::string_view text, std::size_t bytes_max);

}  // namespace openapi
