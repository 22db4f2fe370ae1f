// What went wrong with a statement, and what may be done about it. Internal to store/.
#pragma once

#include "base/result.h"

namespace mcph::store {

struct Failure {
  Error error;
  bool rolled_back = false;  // by the server, because of somebody else: the same again may work
  bool broken = false;       // the connection is of no more use
};

// Of the exception being handled. `where` names the statement or the act. The detail carries the
// SQLSTATE and never the server's text, which may quote values.
Failure classify_current_exception(const char* where);

}  // namespace mcph::store
