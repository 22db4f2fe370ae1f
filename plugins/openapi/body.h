// The body of an operation's request.
#pragma once

#include "operation.h"
#include "schema.h"

namespace openapi {

// Without argument names. JSON before forms before plain text, whatever the document's order; an
// object's members become arguments where that loses nothing. Throws Refusal for another body.
Body read_body(const Document& document, const FoundOperation& found, SchemaMaker& schemas);

}  // namespace openapi
