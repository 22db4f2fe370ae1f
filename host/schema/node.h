// The compiled form of one (sub)schema. Internal to schema/. Nodes are owned by the Document and
// point at each other freely; all are immutable once compiled.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "schema/pattern.h"

namespace mcph::schema {

struct Node;
using NodePtr = const Node*;

// Bits of Node::types.
inline constexpr std::uint8_t kNull = 1, kBoolean = 2, kInteger = 4, kFraction = 8, kString = 16,
                              kArray = 32, kObject = 64, kAnyType = 127;

inline constexpr std::size_t kNoMaximum = std::numeric_limits<std::size_t>::max();

struct SizeBounds {
  std::size_t min = 0;
  std::size_t max = kNoMaximum;
};

// long double holds every int64, uint64 and double exactly on our platforms.
struct NumberRules {
  std::optional<long double> minimum, maximum, exclusive_minimum, exclusive_maximum, multiple_of;
};

struct TextRules {
  SizeBounds length;  // in code points
  std::optional<Pattern> pattern;
};

struct ArrayRules {
  SizeBounds size;
  bool unique = false;
  std::vector<NodePtr> prefix;
  NodePtr items = nullptr;
  NodePtr contains = nullptr;
  SizeBounds contained{1, kNoMaximum};
  NodePtr unevaluated = nullptr;
};

struct Property {
  std::string name;
  NodePtr node;
};

struct PatternProperty {
  Pattern pattern;
  NodePtr node;
};

struct DependentNames {
  std::string name;
  std::vector<std::string> required;
};

struct ObjectRules {
  SizeBounds size;
  std::vector<std::string> required;
  std::vector<Property> properties;
  std::vector<PatternProperty> patterns;
  NodePtr additional = nullptr;
  NodePtr names = nullptr;
  std::vector<DependentNames> dependent_required;
  std::vector<Property> dependent_schemas;
  NodePtr unevaluated = nullptr;
};

struct CombinationRules {
  NodePtr ref = nullptr, dynamic_ref = nullptr;
  std::vector<NodePtr> all_of, any_of, one_of;
  NodePtr negated = nullptr;
  NodePtr condition = nullptr, then_node = nullptr, else_node = nullptr;
};

struct Node {
  bool refuses_all = false;  // the schema `false`
  std::uint8_t types = kAnyType;
  std::optional<json::array> enumeration;
  std::optional<json::value> constant;
  std::unique_ptr<NumberRules> number;
  std::unique_ptr<TextRules> text;
  std::unique_ptr<ArrayRules> array;
  std::unique_ptr<ObjectRules> object;
  std::unique_ptr<CombinationRules> combination;
};

struct Document {
  std::vector<std::unique_ptr<Node>> nodes;
  NodePtr root = nullptr;
};

}  // namespace mcph::schema
