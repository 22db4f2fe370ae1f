// From a JSON Schema to nodes. Internal to schema/. The first mistake found ends the work.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/json.h"
#include "base/result.h"
#include "schema/node.h"

namespace mcph::schema {

class Compiler {
 public:
  explicit Compiler(const json::value& root) : root_(root) {}
  Result<std::unique_ptr<const Document>> compile();

 private:
  // `place` is a JSON pointer into the schema, for messages.
  Result<NodePtr> node(const json::value& schema, const std::string& place);
  Result<> fill(Node& node, const json::object& schema, const std::string& place);

  Result<> read_identity(const json::object& schema, const std::string& place);
  Result<> read_types(Node& node, const json::object& schema, const std::string& place);
  Result<> read_values(Node& node, const json::object& schema, const std::string& place);
  Result<> read_number(Node& node, const json::object& schema, const std::string& place);
  Result<> read_text(Node& node, const json::object& schema, const std::string& place);
  Result<> read_array(Node& node, const json::object& schema, const std::string& place);
  Result<> read_object(Node& node, const json::object& schema, const std::string& place);
  Result<> read_members(ObjectRules& rules, const json::object& schema, const std::string& place);
  Result<> read_dependents(ObjectRules& rules, const json::object& schema,
                           const std::string& place);
  Result<> read_dependencies(ObjectRules& rules, const json::object& schema,
                             const std::string& place);
  // What `keyword` refers to; null when absent.
  Result<NodePtr> read_reference(std::string_view keyword, const json::object& schema,
                                 const std::string& place);
  Result<> read_combination(Node& node, const json::object& schema, const std::string& place);
  Result<> read_definitions(const json::object& schema, const std::string& place);

  // The subschema of a keyword; null when absent.
  Result<NodePtr> child(const json::object& schema, std::string_view keyword,
                        const std::string& place);
  Result<std::vector<NodePtr>> children(const json::object& schema, std::string_view keyword,
                                        const std::string& place);
  Result<std::vector<Property>> named(const json::object& schema, std::string_view keyword,
                                      const std::string& place);
  Result<NodePtr> resolve(std::string_view reference, const std::string& place);
  void find_anchors(const json::value& value);

  const json::value& root_;
  std::string root_id_;
  std::unique_ptr<Document> document_ = std::make_unique<Document>();
  std::unordered_map<const json::value*, Node*> known_;
  std::map<std::string, const json::value*, std::less<>> anchors_;
};

Error schema_error(const std::string& place, std::string_view what);
Result<SizeBounds> read_bounds(const json::object& schema, std::string_view min_keyword,
                               std::string_view max_keyword, const std::string& place);
Result<std::vector<std::string>> read_names(const json::value& value, const std::string& place);
std::string pointer(const std::string& place, std::string_view name);

}  // namespace mcph::schema
