// Which scopes an operation needs, by the document's `security`.
#pragma once

#include <map>
#include <string>

#include "operations.h"

namespace openapi {

struct Scopes {
  std::string names;                         // space-separated
  std::map<std::string, std::string> words;  // what the document says of them
};

// Of the alternatives the first that takes OAuth or OpenID Connect alone. None when one of them is
// to need nothing. Throws Refusal for what is no scope.
Scopes read_scopes(const Document& document, const FoundOperation& found);

}  // namespace openapi
