// Tools that behave in the ways clients can see.
#pragma once

#include "unit/mcp/support/fake_catalog.h"

namespace mcph::test {

// echo, greet (checks its argument), countdown (progress), patient (waits until cancelled),
// forbidden (a scope nobody has), signed_out (needs a new sign-in).
void add_demo_tools(FakeCatalog& catalog);

}  // namespace mcph::test
