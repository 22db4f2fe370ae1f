// Must not compile: the handler is not noexcept, so an exception could cross the boundary.
#include "mcph/abi.h"

static mcph_status may_throw(void*, const mcph_call*) {
  throw 42;
}

const mcph_handler handler = may_throw;
