// The operations of a document, found and chosen, but not looked into yet.
#pragma once

#include <string>
#include <vector>

#include "document.h"
#include "settings.h"

namespace openapi {

struct FoundOperation {
  std::string id;  // its operationId; without one "get_api_todos__id_"
  std::string method, path;
  std::vector<std::string> tags;
  bool deprecated = false;
  bool named = false;               // in the settings, and not only fits them
  const Json* item = nullptr;       // of the document: the path's
  const Json* operation = nullptr;  // and its own
};

// GET, POST, PUT, PATCH and DELETE; what else OpenAPI knows is of no use to a model. Throws
// Refusal.
std::vector<FoundOperation> find_operations(const Document& document);

// Those the settings choose, in the order of the document. Throws Refusal when the settings name
// one that is not there.
std::vector<FoundOperation> choose_operations(std::vector<FoundOperation> all,
                                              const Settings& settings);

}  // namespace openapi
