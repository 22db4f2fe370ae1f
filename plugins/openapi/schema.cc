#include "schema.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "limits.h"
#include "pattern.h"

namespace openapi {
namespace {

// What the value of a keyword has to be.
enum class Shape {
  kAny,
  kText,
  kFlag,
  kPositive,
  kCount,
  kList,
  kNameLists,
  kType,
  kPattern,
  kBound,
  kExclusiveBound,
  kSchema,
  kSchemas,
  kSchemaMap,
  kRequired,
  kExample,
};

bool is_number(const Json& value) {
  return value.kind() == Json::Kind::kNumber;
}

bool is_names(const Json& value) {
  return value.is_array() && std::all_of(value.items().begin(), value.items().end(),
                                         [](const Json& item) { return item.is_string(); });
}

bool is_count(const Json& value) {
  return is_number(value) && value.write().size() < 15 &&
         value.write().find_first_not_of("0123456789") == std::string::npos;
}

bool is_type_name(const Json& value) {
  constexpr std::array<std::string_view, 7> kNames{"null",   "boolean", "integer", "number",
                                                   "string", "array",   "object"};
  return value.is_string() &&
         std::find(kNames.begin(), kNames.end(), value.as_string()) != kNames.end();
}

bool is_type(const Json& value) {
  if (!value.is_array()) return is_type_name(value);
  return !value.items().empty() &&
         std::all_of(value.items().begin(), value.items().end(), is_type_name);
}

bool is_name_lists(const Json& value) {
  if (!value.is_object()) return false;
  return std::all_of(value.names().begin(), value.names().end(),
                     [&](const std::string& name) { return is_names(*value.find(name)); });
}

bool is_schema(const Json& value) {
  return value.is_object() || value.kind() == Json::Kind::kBool;
}

bool stays_as_it_is(Shape shape, const Json& value) {
  switch (shape) {
    case Shape::kAny:
      return true;
    case Shape::kFlag:
      return value.kind() == Json::Kind::kBool;
    case Shape::kPositive:
      return is_number(value) && value.write()[0] != '-' &&
             value.write().find_first_of("123456789") != std::string::npos;
    case Shape::kCount:
      return is_count(value);
    case Shape::kList:
      return value.is_array();
    case Shape::kNameLists:
      return is_name_lists(value);
    case Shape::kExclusiveBound:
      return is_number(value);
    default:
      return false;
  }
}

// Letters, digits, "_", "-" and "." of the last step of a pointer.
std::string def_name(const std::string& reference) {
  std::string name;
  for (const char c : reference.substr(reference.find_last_of('/') + 1)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    name += plain || c == '-' || c == '.' ? c : '_';
  }
  return name.empty() ? "schema" : name.substr(0, kNameBytesMax);
}

}  // namespace

struct SchemaMaker::Keyword {
  std::string_view name;
  Shape shape;
};

const SchemaMaker::Keyword* SchemaMaker::find_keyword(std::string_view name) {
  static constexpr Keyword kKeywords[] = {
      {"type", Shape::kType},
      {"title", Shape::kText},
      {"description", Shape::kText},
      {"format", Shape::kText},
      {"default", Shape::kAny},
      {"deprecated", Shape::kFlag},
      {"example", Shape::kExample},
      {"examples", Shape::kList},
      {"const", Shape::kAny},
      {"enum", Shape::kList},
      {"minimum", Shape::kBound},
      {"maximum", Shape::kBound},
      {"exclusiveMinimum", Shape::kExclusiveBound},
      {"exclusiveMaximum", Shape::kExclusiveBound},
      {"multipleOf", Shape::kPositive},
      {"minLength", Shape::kCount},
      {"maxLength", Shape::kCount},
      {"pattern", Shape::kPattern},
      {"items", Shape::kSchema},
      {"prefixItems", Shape::kSchemas},
      {"contains", Shape::kSchema},
      {"minContains", Shape::kCount},
      {"maxContains", Shape::kCount},
      {"minItems", Shape::kCount},
      {"maxItems", Shape::kCount},
      {"uniqueItems", Shape::kFlag},
      {"unevaluatedItems", Shape::kSchema},
      {"properties", Shape::kSchemaMap},
      {"required", Shape::kRequired},
      {"additionalProperties", Shape::kSchema},
      {"propertyNames", Shape::kSchema},
      {"minProperties", Shape::kCount},
      {"maxProperties", Shape::kCount},
      {"unevaluatedProperties", Shape::kSchema},
      {"dependentRequired", Shape::kNameLists},
      {"dependentSchemas", Shape::kSchemaMap},
      {"allOf", Shape::kSchemas},
      {"anyOf", Shape::kSchemas},
      {"oneOf", Shape::kSchemas},
      {"not", Shape::kSchema},
      {"if", Shape::kSchema},
      {"then", Shape::kSchema},
      {"else", Shape::kSchema},
  };
  const auto* found = std::find_if(std::begin(kKeywords), std::end(kKeywords),
                                   [name](const Keyword& keyword) { return keyword.name == name; });
  return found != std::end(kKeywords) ? found : nullptr;
}

Json SchemaMaker::convert(const Json& schema) {
  if (++parts_ > kSchemaPartsMax) {
    throw Refusal("its schema has more than " + std::to_string(kSchemaPartsMax) + " parts");
  }
  if (schema.kind() == Json::Kind::kBool) return schema;
  if (!schema.is_object()) throw Refusal("a schema is no object");
  Json out = Json::object();
  for (const char* name : {"$id", "$anchor", "$dynamicRef", "$dynamicAnchor"}) {
    if (schema.find(name) != nullptr) {
      throw Refusal(std::string("a schema has ") + name + ", which is not supported");
    }
  }
  if (const auto reference = find_text(schema, "$ref")) {
    out.set("$ref", "#/$defs/" + name_of(*reference));
    if (document_.is_3_0()) return out;  // what stands beside it is ignored there
  }
  for (const std::string& name : schema.names()) {
    const Keyword* keyword = find_keyword(name);
    if (keyword != nullptr) add(out, *keyword, schema, *schema.find(name));
  }
  return out;
}

void SchemaMaker::add(Json& out, const Keyword& keyword, const Json& schema, const Json& value) {
  const std::string_view name = keyword.name;
  switch (keyword.shape) {
    case Shape::kText:
      if (value.is_string()) add_text(out, name, value.as_string());
      return;
    case Shape::kType:
      if (is_type(value)) add_nullable_type(out, schema, value);
      return;
    case Shape::kPattern:
      if (value.is_string()) add_pattern(out, value.as_string());
      return;
    case Shape::kBound: {
      // OpenAPI 3.0: "exclusiveMinimum": true says how "minimum" is meant.
      const char* other = name == "minimum" ? "exclusiveMinimum" : "exclusiveMaximum";
      if (is_number(value)) out.set(find_flag(schema, other, false) ? other : name, value);
      return;
    }
    case Shape::kSchema:
      if (is_schema(value)) out.set(name, convert(value));
      return;
    case Shape::kSchemas:
      if (value.is_array() && !value.items().empty()) out.set(name, convert_list(value));
      return;
    case Shape::kSchemaMap:
      if (value.is_object()) out.set(name, convert_members(value));
      return;
    case Shape::kRequired:
      if (is_names(value)) add_required(out, schema, value);
      return;
    case Shape::kExample:
      if (schema.find("examples") == nullptr) out.set("examples", Json::array().push(value));
      return;
    default:
      if (stays_as_it_is(keyword.shape, value)) out.set(name, value);
  }
}

void SchemaMaker::add_text(Json& out, std::string_view name, const std::string& text) {
  const auto said = find_text(out, name);  // by add_pattern
  out.set(name, shorten(said ? text + " " + *said : text, kDescriptionBytesMax));
}

void SchemaMaker::add_required(Json& out, const Json& schema, const Json& required) {
  const Json* properties = find_object(schema, "properties");
  Json kept = Json::array();
  for (const Json& name : required.items()) {
    const Json* property = properties != nullptr ? properties->find(name.as_string()) : nullptr;
    if (property == nullptr || !leaves_out(*property)) kept.push(name);
  }
  if (!kept.items().empty()) out.set("required", std::move(kept));
}

// OpenAPI 3.0.3 §4.7.24: nullable means something beside a type only.
void SchemaMaker::add_nullable_type(Json& out, const Json& schema, const Json& type) const {
  const bool nullable = document_.is_3_0() && find_flag(schema, "nullable", false);
  if (!nullable || !type.is_string()) {
    out.set("type", type);
    return;
  }
  out.set("type", Json::array().push(type).push("null"));
}

void SchemaMaker::add_pattern(Json& out, const std::string& pattern) {
  if (is_common_pattern(pattern)) {
    out.set("pattern", pattern);
    return;
  }
  // The API will check it; the model should know it.
  const std::string said = find_text(out, "description").value_or("");
  if (pattern.size() <= kPatternBytesMax) {
    out.set("description", said + (said.empty() ? "" : " ") + "Pattern: " + pattern);
  }
}

Json SchemaMaker::convert_list(const Json& list) {
  Json out = Json::array();
  for (const Json& item : list.items()) out.push(convert(item));
  return out;
}

Json SchemaMaker::convert_members(const Json& members) {
  Json out = Json::object();
  for (const std::string& name : members.names()) {
    const Json& member = *members.find(name);
    if (!leaves_out(member)) out.set(name, convert(member));
  }
  return out;
}

bool SchemaMaker::leaves_out(const Json& property) const {
  const char* name = direction_ == Direction::kRequest ? "readOnly" : "writeOnly";
  return find_flag(property, name, false) || find_flag(document_.resolve(property), name, false);
}

std::string SchemaMaker::name_of(const std::string& reference) {
  const auto known = names_.find(reference);
  if (known != names_.end()) return known->second;
  const std::string wanted = def_name(reference);
  std::string name = wanted;
  for (int number = 2; taken_.contains(name); ++number) {
    name = wanted + "_" + std::to_string(number);
  }
  names_[reference] = name;
  taken_[name] = reference;
  waiting_.push_back(reference);
  return name;
}

Json SchemaMaker::make_defs() {
  Json defs = Json::object();
  while (!waiting_.empty()) {
    const std::string reference = std::move(waiting_.front());
    waiting_.pop_front();
    const Json& target = document_.get(reference);
    document_.resolve(target);  // it leads somewhere, and not in a circle
    defs.set(names_.at(reference), convert(target));
  }
  return defs;
}

}  // namespace openapi
