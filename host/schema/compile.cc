#include "schema/compile.h"

#include "base/encoding.h"
#include "schema/limits.h"

namespace mcph::schema {
namespace {

constexpr std::string_view kDialect = "https://json-schema.org/draft/2020-12/schema";

std::optional<std::size_t> array_index(std::string_view token) {
  if (token.empty() || token.size() > 6) return std::nullopt;
  std::size_t index = 0;
  for (const char c : token) {
    if (c < '0' || c > '9') return std::nullopt;
    index = index * 10 + static_cast<std::size_t>(c - '0');
  }
  return index;
}

// RFC 6901; null when it leads nowhere.
const json::value* find_pointer(const json::value& root, std::string_view text) {
  const json::value* here = &root;
  while (!text.empty()) {
    if (text.front() != '/') return nullptr;
    const std::size_t end = text.find('/', 1);
    std::string_view raw = text.substr(1, end == text.npos ? text.npos : end - 1);
    text = end == text.npos ? std::string_view{} : text.substr(end);
    std::string token;
    for (std::size_t i = 0; i < raw.size(); ++i) {
      if (raw[i] == '~' && i + 1 < raw.size()) {
        token += raw[++i] == '1' ? '/' : '~';
      } else {
        token += raw[i];
      }
    }
    if (const json::object* object = here->if_object()) {
      here = object->if_contains(token);
    } else if (const json::array* array = here->if_array()) {
      const auto index = array_index(token);
      here = index ? array->if_contains(*index) : nullptr;
    } else {
      return nullptr;
    }
    if (here == nullptr) return nullptr;
  }
  return here;
}

}  // namespace

Error schema_error(const std::string& place, std::string_view what) {
  std::string message = "schema";
  if (!place.empty()) message += ' ' + place;
  return Error{Code::kInvalid, message + ": " + std::string(what), {}};
}

std::string pointer(const std::string& place, std::string_view name) {
  return place + '/' + std::string(name);
}

Result<std::unique_ptr<const Document>> Compiler::compile() {
  if (const json::object* object = root_.if_object()) {
    if (const auto dialect = find_string(*object, "$schema")) {
      std::string_view text = *dialect;
      if (!text.empty() && text.back() == '#') text.remove_suffix(1);
      if (text != kDialect)
        return schema_error("/$schema", "only JSON Schema 2020-12 is supported");
    }
    root_id_ = find_string(*object, "$id").value_or("");
    if (!root_id_.empty() && root_id_.back() == '#') root_id_.pop_back();
  }
  find_anchors(root_);
  document_->root = TRY(node(root_, ""));
  return std::unique_ptr<const Document>(std::move(document_));
}

void Compiler::find_anchors(const json::value& value) {
  if (const json::array* array = value.if_array()) {
    for (const json::value& item : *array) find_anchors(item);
  }
  const json::object* object = value.if_object();
  if (object == nullptr) return;
  for (const std::string_view keyword : {"$anchor", "$dynamicAnchor"}) {
    if (const auto anchor = find_string(*object, keyword)) anchors_.emplace(*anchor, &value);
  }
  for (const auto& member : *object) {
    // These hold data, not schemas.
    const std::string_view name = member.key();
    if (name == "const" || name == "enum" || name == "default" || name == "examples") continue;
    find_anchors(member.value());
  }
}

Result<NodePtr> Compiler::node(const json::value& schema, const std::string& place) {
  if (const auto known = known_.find(&schema); known != known_.end()) return NodePtr(known->second);
  if (document_->nodes.size() >= kSchemaNodesMax) return schema_error(place, "too large");
  document_->nodes.push_back(std::make_unique<Node>());
  Node& made = *document_->nodes.back();
  known_.emplace(&schema, &made);  // before its children: a schema may refer to itself
  if (const bool* all = schema.if_bool()) {
    made.refuses_all = !*all;
    return NodePtr(&made);
  }
  const json::object* object = schema.if_object();
  if (object == nullptr) return schema_error(place, "a schema is an object or a boolean");
  TRY(fill(made, *object, place));
  return NodePtr(&made);
}

Result<> Compiler::fill(Node& node, const json::object& schema, const std::string& place) {
  TRY(read_identity(schema, place));
  TRY(read_types(node, schema, place));
  TRY(read_values(node, schema, place));
  TRY(read_number(node, schema, place));
  TRY(read_text(node, schema, place));
  TRY(read_array(node, schema, place));
  TRY(read_object(node, schema, place));
  TRY(read_combination(node, schema, place));
  return read_definitions(schema, place);
}

Result<> Compiler::read_identity(const json::object& schema, const std::string& place) {
  if (!place.empty() && find(schema, "$id") != nullptr) {
    return schema_error(pointer(place, "$id"), "only the root may have an $id");
  }
  return Ok{};
}

// Definitions nobody refers to are compiled too: a mistake in them is still a mistake.
Result<> Compiler::read_definitions(const json::object& schema, const std::string& place) {
  (void)TRY(named(schema, "$defs", place));
  return Ok{};
}

Result<NodePtr> Compiler::resolve(std::string_view reference, const std::string& place) {
  if (!root_id_.empty() && reference.starts_with(root_id_)) {
    reference.remove_prefix(root_id_.size());
    if (reference.empty()) reference = "#";
  }
  if (!reference.starts_with('#')) {
    return schema_error(place, "a reference must stay within the schema");
  }
  const auto fragment = from_percent(reference.substr(1));
  if (!fragment) return schema_error(place, "not a valid reference");
  const json::value* target = nullptr;
  if (fragment->empty() || fragment->front() == '/') {
    target = find_pointer(root_, *fragment);
  } else if (const auto anchor = anchors_.find(*fragment); anchor != anchors_.end()) {
    target = anchor->second;
  }
  if (target == nullptr) return schema_error(place, "the reference leads nowhere");
  return node(*target, *fragment);
}

Result<NodePtr> Compiler::child(const json::object& schema, std::string_view keyword,
                                const std::string& place) {
  const json::value* value = find(schema, keyword);
  if (value == nullptr) return NodePtr{};
  return node(*value, pointer(place, keyword));
}

Result<std::vector<NodePtr>> Compiler::children(const json::object& schema,
                                                std::string_view keyword,
                                                const std::string& place) {
  std::vector<NodePtr> nodes;
  const json::value* value = find(schema, keyword);
  if (value == nullptr) return nodes;
  const std::string here = pointer(place, keyword);
  const json::array* array = value->if_array();
  if (array == nullptr || array->empty()) {
    return schema_error(here, "must be a list of schemas that is not empty");
  }
  for (std::size_t i = 0; i < array->size(); ++i) {
    const NodePtr made = TRY(node((*array)[i], pointer(here, std::to_string(i))));
    nodes.push_back(made);
  }
  return nodes;
}

Result<std::vector<Property>> Compiler::named(const json::object& schema, std::string_view keyword,
                                              const std::string& place) {
  std::vector<Property> properties;
  const json::value* value = find(schema, keyword);
  if (value == nullptr) return properties;
  const std::string here = pointer(place, keyword);
  const json::object* object = value->if_object();
  if (object == nullptr) return schema_error(here, "must be an object of schemas");
  for (const auto& member : *object) {
    const std::string_view name = member.key();
    const NodePtr made = TRY(node(member.value(), pointer(here, name)));
    properties.push_back({std::string(name), made});
  }
  return properties;
}

}  // namespace mcph::schema
