// The keywords of 2020-12, one group a function.
#include <array>
#include <cmath>

#include "schema/compile.h"
#include "schema/equality.h"

namespace mcph::schema {
namespace {

struct TypeName {
  std::string_view name;
  std::uint8_t bits;
};
constexpr std::array<TypeName, 7> kTypeNames{{{"null", kNull},
                                              {"boolean", kBoolean},
                                              {"integer", kInteger},
                                              {"number", kInteger | kFraction},
                                              {"string", kString},
                                              {"array", kArray},
                                              {"object", kObject}}};

std::uint8_t type_bits(const json::value& value) {
  if (!value.is_string()) return 0;
  for (const TypeName& type : kTypeNames) {
    if (type.name == view(value.get_string())) return type.bits;
  }
  return 0;
}

Result<std::optional<std::size_t>> read_count(const json::object& schema, std::string_view keyword,
                                              const std::string& place) {
  const json::value* value = find(schema, keyword);
  if (value == nullptr) return std::optional<std::size_t>();
  if (value->is_number()) {
    const long double number = number_of(*value);
    if (number >= 0 && number < 1e15L && std::trunc(number) == number) {
      return std::optional(static_cast<std::size_t>(number));
    }
  }
  return schema_error(pointer(place, keyword), "must be a count");
}

Result<std::optional<long double>> read_bound(const json::object& schema, std::string_view keyword,
                                              const std::string& place) {
  const json::value* value = find(schema, keyword);
  if (value == nullptr) return std::optional<long double>();
  if (!value->is_number()) return schema_error(pointer(place, keyword), "must be a number");
  return std::optional(number_of(*value));
}

Result<Pattern> read_pattern(std::string_view text, const std::string& place) {
  auto pattern = Pattern::compile(text);
  if (!pattern.ok()) return schema_error(place, pattern.error().message);
  return pattern;
}

bool bounds_nothing(const SizeBounds& bounds) {
  return bounds.min == 0 && bounds.max == kNoMaximum;
}

}  // namespace

Result<SizeBounds> read_bounds(const json::object& schema, std::string_view min_keyword,
                               std::string_view max_keyword, const std::string& place) {
  SizeBounds bounds;
  bounds.min = TRY(read_count(schema, min_keyword, place)).value_or(0);
  bounds.max = TRY(read_count(schema, max_keyword, place)).value_or(kNoMaximum);
  return bounds;
}

Result<std::vector<std::string>> read_names(const json::value& value, const std::string& place) {
  std::vector<std::string> names;
  const json::array* array = value.if_array();
  if (array == nullptr) return schema_error(place, "must be a list of names");
  for (const json::value& item : *array) {
    if (!item.is_string()) return schema_error(place, "must be a list of names");
    names.emplace_back(view(item.get_string()));
  }
  return names;
}

Result<> Compiler::read_types(Node& node, const json::object& schema, const std::string& place) {
  const json::value* value = find(schema, "type");
  if (value == nullptr) return Ok{};
  std::uint8_t types = 0;
  const auto add = [&types](const json::value& name) {
    const std::uint8_t bits = type_bits(name);
    types |= bits;
    return bits != 0;
  };
  bool ok = true;
  if (const json::array* list = value->if_array()) {
    ok = !list->empty();
    for (const json::value& name : *list) ok = add(name) && ok;
  } else {
    ok = add(*value);
  }
  if (!ok) return schema_error(pointer(place, "type"), "unknown type");
  node.types = types;
  return Ok{};
}

Result<> Compiler::read_values(Node& node, const json::object& schema, const std::string& place) {
  if (const json::value* constant = find(schema, "const")) node.constant = *constant;
  const json::value* values = find(schema, "enum");
  if (values == nullptr) return Ok{};
  if (!values->is_array()) return schema_error(pointer(place, "enum"), "must be a list");
  node.enumeration = values->get_array();
  return Ok{};
}

Result<> Compiler::read_number(Node& node, const json::object& schema, const std::string& place) {
  NumberRules rules;
  rules.minimum = TRY(read_bound(schema, "minimum", place));
  rules.maximum = TRY(read_bound(schema, "maximum", place));
  rules.exclusive_minimum = TRY(read_bound(schema, "exclusiveMinimum", place));
  rules.exclusive_maximum = TRY(read_bound(schema, "exclusiveMaximum", place));
  rules.multiple_of = TRY(read_bound(schema, "multipleOf", place));
  if (rules.multiple_of && *rules.multiple_of <= 0) {
    return schema_error(pointer(place, "multipleOf"), "must be greater than 0");
  }
  if (rules.minimum || rules.maximum || rules.exclusive_minimum || rules.exclusive_maximum ||
      rules.multiple_of) {
    node.number = std::make_unique<NumberRules>(rules);
  }
  return Ok{};
}

Result<> Compiler::read_text(Node& node, const json::object& schema, const std::string& place) {
  TextRules rules;
  rules.length = TRY(read_bounds(schema, "minLength", "maxLength", place));
  if (const json::value* pattern = find(schema, "pattern")) {
    const std::string here = pointer(place, "pattern");
    if (!pattern->is_string()) return schema_error(here, "must be a string");
    rules.pattern = TRY(read_pattern(view(pattern->get_string()), here));
  }
  if (rules.pattern || !bounds_nothing(rules.length)) {
    node.text = std::make_unique<TextRules>(std::move(rules));
  }
  return Ok{};
}

Result<> Compiler::read_array(Node& node, const json::object& schema, const std::string& place) {
  ArrayRules rules;
  rules.size = TRY(read_bounds(schema, "minItems", "maxItems", place));
  if (const json::value* unique = find(schema, "uniqueItems")) {
    if (!unique->is_bool()) return schema_error(pointer(place, "uniqueItems"), "must be a boolean");
    rules.unique = unique->get_bool();
  }
  rules.prefix = TRY(children(schema, "prefixItems", place));
  rules.items = TRY(child(schema, "items", place));
  rules.contains = TRY(child(schema, "contains", place));
  rules.contained.min = TRY(read_count(schema, "minContains", place)).value_or(1);
  rules.contained.max = TRY(read_count(schema, "maxContains", place)).value_or(kNoMaximum);
  rules.unevaluated = TRY(child(schema, "unevaluatedItems", place));
  if (!bounds_nothing(rules.size) || rules.unique || !rules.prefix.empty() || rules.items ||
      rules.contains || rules.unevaluated) {
    node.array = std::make_unique<ArrayRules>(std::move(rules));
  }
  return Ok{};
}

Result<> Compiler::read_object(Node& node, const json::object& schema, const std::string& place) {
  ObjectRules rules;
  rules.size = TRY(read_bounds(schema, "minProperties", "maxProperties", place));
  if (const json::value* required = find(schema, "required")) {
    rules.required = TRY(read_names(*required, pointer(place, "required")));
  }
  TRY(read_members(rules, schema, place));
  TRY(read_dependents(rules, schema, place));
  if (!bounds_nothing(rules.size) || !rules.required.empty() || !rules.properties.empty() ||
      !rules.patterns.empty() || rules.additional || rules.names ||
      !rules.dependent_required.empty() || !rules.dependent_schemas.empty() || rules.unevaluated) {
    node.object = std::make_unique<ObjectRules>(std::move(rules));
  }
  return Ok{};
}

Result<> Compiler::read_members(ObjectRules& rules, const json::object& schema,
                                const std::string& place) {
  rules.properties = TRY(named(schema, "properties", place));
  const std::vector<Property> patterns = TRY(named(schema, "patternProperties", place));
  for (const Property& property : patterns) {
    const std::string here = pointer(pointer(place, "patternProperties"), property.name);
    Pattern pattern = TRY(read_pattern(property.name, here));
    rules.patterns.push_back({std::move(pattern), property.node});
  }
  rules.additional = TRY(child(schema, "additionalProperties", place));
  rules.names = TRY(child(schema, "propertyNames", place));
  rules.unevaluated = TRY(child(schema, "unevaluatedProperties", place));
  return Ok{};
}

Result<> Compiler::read_dependents(ObjectRules& rules, const json::object& schema,
                                   const std::string& place) {
  if (const json::value* value = find(schema, "dependentRequired")) {
    const std::string here = pointer(place, "dependentRequired");
    if (!value->is_object()) return schema_error(here, "must be an object of lists");
    for (const auto& member : value->get_object()) {
      const std::string_view name = member.key();
      auto required = TRY(read_names(member.value(), pointer(here, name)));
      rules.dependent_required.push_back({std::string(name), std::move(required)});
    }
  }
  rules.dependent_schemas = TRY(named(schema, "dependentSchemas", place));
  return read_dependencies(rules, schema, place);
}

// The older keyword for both, which schemas still carry (2020-12 validation, appendix A).
Result<> Compiler::read_dependencies(ObjectRules& rules, const json::object& schema,
                                     const std::string& place) {
  const json::value* value = find(schema, "dependencies");
  if (value == nullptr) return Ok{};
  const std::string here = pointer(place, "dependencies");
  if (!value->is_object()) return schema_error(here, "must be an object of lists or schemas");
  for (const auto& member : value->get_object()) {
    const std::string_view name = member.key();
    if (member.value().is_array()) {
      auto required = TRY(read_names(member.value(), pointer(here, name)));
      rules.dependent_required.push_back({std::string(name), std::move(required)});
    } else {
      const NodePtr dependent = TRY(node(member.value(), pointer(here, name)));
      rules.dependent_schemas.push_back({std::string(name), dependent});
    }
  }
  return Ok{};
}

Result<NodePtr> Compiler::read_reference(std::string_view keyword, const json::object& schema,
                                         const std::string& place) {
  const json::value* reference = find(schema, keyword);
  if (reference == nullptr) return NodePtr{};
  const std::string here = pointer(place, keyword);
  if (!reference->is_string()) return schema_error(here, "must be a string");
  return resolve(view(reference->get_string()), here);
}

Result<> Compiler::read_combination(Node& node, const json::object& schema,
                                    const std::string& place) {
  CombinationRules rules;
  rules.ref = TRY(read_reference("$ref", schema, place));
  // 2020-12 core §8.2.3.2: the dynamic scope can lead to another resource only, and a document is
  // one resource here, as only its root may have an $id.
  rules.dynamic_ref = TRY(read_reference("$dynamicRef", schema, place));
  rules.all_of = TRY(children(schema, "allOf", place));
  rules.any_of = TRY(children(schema, "anyOf", place));
  rules.one_of = TRY(children(schema, "oneOf", place));
  rules.negated = TRY(child(schema, "not", place));
  rules.condition = TRY(child(schema, "if", place));
  rules.then_node = TRY(child(schema, "then", place));
  rules.else_node = TRY(child(schema, "else", place));
  if (rules.ref || rules.dynamic_ref || !rules.all_of.empty() || !rules.any_of.empty() ||
      !rules.one_of.empty() || rules.negated || rules.condition) {
    node.combination = std::make_unique<CombinationRules>(std::move(rules));
  }
  return Ok{};
}

}  // namespace mcph::schema
