// One operation that is a tool: what a model gives, and where each of it goes in the request.
// Immutable.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "operations.h"

namespace openapi {

enum class Place { kPath, kQuery, kHeader };
enum class Style { kSimple, kForm, kSpaceDelimited, kPipeDelimited, kDeepObject, kJson };

struct Parameter {
  std::string name;      // on the wire
  std::string argument;  // of the tool
  Place place = Place::kQuery;
  Style style = Style::kForm;
  bool explode = true;
  bool required = false;
  Json schema;  // JSON Schema 2020-12
};

struct BodyMember {
  std::string name, argument;
  bool required = false;
  Json schema;
};

enum class BodyKind { kNone, kJson, kForm, kText };

struct Body {
  BodyKind kind = BodyKind::kNone;
  std::string media_type;
  bool required = false;
  std::vector<BodyMember> members;  // each an argument; or, when there are none:
  std::string argument;             // the one that is the whole body
  Json schema;
};

struct Operation {
  std::string tool, title, description;
  std::string method;
  std::string path;  // with {name}
  std::vector<Parameter> parameters;
  Body body;
  std::uint32_t flags = 0;                         // MCPH_READ_ONLY ...
  std::string scope;                               // space-separated
  std::map<std::string, std::string> scope_words;  // of the document, for those in `scope`
  std::string input_schema;
  std::string output_schema;  // or empty
  Change change;
};

// Throws Refusal for an operation that cannot be a tool.
Operation read_operation(const Document& document, const FoundOperation& found,
                         const Settings& settings);

}  // namespace openapi
