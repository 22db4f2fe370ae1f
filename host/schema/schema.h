// A compiled JSON Schema (2020-12). Compile once, check many values. `$ref` reaches within the
// document only; nothing is ever fetched. `format` and the other annotations are not asserted.
// Immutable, thread-safe, movable.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"

namespace mcph::schema {

struct Document;

class Schema {
 public:
  // kInvalid with the place and the reason for a schema that could not be enforced.
  static Result<Schema> compile(const json::value& schema);
  static Result<Schema> parse(std::string_view text);

  // Nothing when the value is valid, else one line: "/text: expected string". Names of the value
  // appear in it, contents do not. Allocates only to complain (and for unevaluated*).
  std::optional<std::string> check(const json::value& value) const;

  // True when the schema says "type": "object" at its root.
  bool wants_object() const noexcept;

  Schema(Schema&&) noexcept;
  Schema& operator=(Schema&&) noexcept;
  ~Schema();

 private:
  explicit Schema(std::unique_ptr<const Document> document);
  std::unique_ptr<const Document> document_;
};

}  // namespace mcph::schema
