// A named SQL statement. Every one is a constant of the file that uses it, prepared on every new
// connection: a wrong one is found when the host starts, not when a user comes by.
#pragma once

#include <vector>

namespace mcph::store {

struct Statement {
  const char* name;  // unique; it appears in the log
  const char* sql;
};

using Statements = std::vector<Statement>;

}  // namespace mcph::store
