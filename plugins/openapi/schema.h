// Schemas of an OpenAPI document as JSON Schema 2020-12. What JSON Schema does not know, or is not
// as it should be, is left out, so that the host takes what comes out.
#pragma once

#include <deque>
#include <map>
#include <string>

#include "document.h"

namespace openapi {

// A request carries no readOnly properties, an answer no writeOnly ones (OpenAPI 3.0.3 §4.7.24.1).
enum class Direction { kRequest, kResponse };

// Makes the schema of one tool. Everything throws Refusal.
class SchemaMaker {
 public:
  SchemaMaker(const Document& document, Direction direction)
      : document_(document), direction_(direction) {}

  // With references to "#/$defs/...".
  Json convert(const Json& schema);
  // What those references lead to, by name; an empty object when there were none.
  Json make_defs();

  // Whether a property of this schema is left out.
  bool leaves_out(const Json& property) const;

 private:
  struct Keyword;
  static const Keyword* find_keyword(std::string_view name);

  void add(Json& out, const Keyword& keyword, const Json& schema, const Json& value);
  static void add_text(Json& out, std::string_view name, const std::string& text);
  void add_required(Json& out, const Json& schema, const Json& required);
  static void add_pattern(Json& out, const std::string& pattern);
  void add_nullable_type(Json& out, const Json& schema, const Json& type) const;
  Json convert_list(const Json& list);
  Json convert_members(const Json& members);
  std::string name_of(const std::string& reference);

  const Document& document_;
  const Direction direction_;
  std::size_t parts_ = 0;
  std::map<std::string, std::string> names_;  // reference -> its name in $defs
  std::map<std::string, std::string> taken_;  // the other way round
  std::deque<std::string> waiting_;           // references that are not converted yet
};

}  // namespace openapi
