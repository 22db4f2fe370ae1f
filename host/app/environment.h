// The environment variables as a value, so that tests bring their own.
#pragma once

#include <map>
#include <string>

namespace mcph::app {

using Environment = std::map<std::string, std::string>;

// Of this process. Call before threads exist.
Environment read_environment();

}  // namespace mcph::app
