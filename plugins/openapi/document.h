// An OpenAPI 3.0 or 3.1 document, read and held. Immutable; references to its parts live as long as
// it does. Everything throws Refusal.
#pragma once

#include <string_view>

#include "reading.h"

namespace openapi {

class Document {
 public:
  // JSON or YAML.
  static Document parse(std::string_view text);

  const Json& root() const noexcept { return root_; }
  bool is_3_0() const noexcept { return is_3_0_; }

  // What a reference within the document ("#/components/schemas/Pet") leads to.
  const Json& get(const std::string& reference) const;
  // `part` itself, or what its $ref leads to in the end.
  const Json& resolve(const Json& part) const;

 private:
  Json root_;
  bool is_3_0_ = false;
};

}  // namespace openapi
