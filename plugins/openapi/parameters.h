// The parameters of an operation, in the order of the document: the path's first, then its own.
#pragma once

#include <vector>

#include "operation.h"
#include "schema.h"

namespace openapi {

// Without argument names. What the host or HTTP itself decides (Accept, Authorization, Cookie, Host
// ...) is left out, and an operation that requires it refused. Throws Refusal.
std::vector<Parameter> read_parameters(const Document& document, const FoundOperation& found,
                                       SchemaMaker& schemas);

}  // namespace openapi
