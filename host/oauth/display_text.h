// Text that a stranger chose and a person will read: the name of a client. Pure.
#pragma once

#include <string>
#include <string_view>

namespace mcph::oauth {

// Without controls, invisible characters and those that reverse the direction of what follows; runs
// of blanks become one; at most `characters_max` code points, with an ellipsis when cut. `text`
// must be UTF-8.
std::string clean_text(std::string_view text, std::size_t characters_max);

// Whether letters of several alphabets that look alike stand in it: a Cyrillic "С" in "Сlaude".
bool mixes_alphabets(std::string_view text);

}  // namespace mcph::oauth
