#include "schema/schema.h"

#include <utility>

#include "schema/check.h"
#include "schema/compile.h"
#include "schema/node.h"

namespace mcph::schema {

Schema::Schema(std::unique_ptr<const Document> document) : document_(std::move(document)) {}
Schema::Schema(Schema&&) noexcept = default;
Schema& Schema::operator=(Schema&&) noexcept = default;
Schema::~Schema() = default;

Result<Schema> Schema::compile(const json::value& schema) {
  return Schema(TRY(Compiler(schema).compile()));
}

Result<Schema> Schema::parse(std::string_view text) {
  const json::value schema = TRY(parse_json(text));
  return compile(schema);
}

std::optional<std::string> Schema::check(const json::value& value) const {
  Check check;
  const bool ok = check.accepts(*document_->root, value, Place{}, nullptr);
  // Giving up inside a `not` would look like a match: it refuses whatever the outcome was.
  if (check.gave_up()) return "too expensive to check";
  if (ok) return std::nullopt;
  return std::move(check.complaint());
}

bool Schema::wants_object() const noexcept {
  return document_->root->types == kObject;
}

}  // namespace mcph::schema
