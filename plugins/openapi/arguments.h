// The names under which a tool takes what an operation wants.
#pragma once

#include "operation.h"

namespace openapi {

// Fills in `argument` everywhere. Each is called as on the wire, with "_" for what clients do not
// take in a name. The path comes first, then query, headers and body: who finds its name taken gets
// its place in front of it ("query_id"). Then the operator's own names. Throws Refusal when two
// still have one name, or the operator renames what is not there.
void name_arguments(Operation& operation);

}  // namespace openapi
