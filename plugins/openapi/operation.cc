#include "operation.h"

#include <algorithm>

#include "arguments.h"
#include "body.h"
#include "limits.h"
#include "mcph/abi.h"
#include "media_type.h"
#include "parameters.h"
#include "path.h"
#include "security.h"

namespace openapi {
namespace {

std::string make_tool_name(const FoundOperation& found, const Settings& settings,
                           const Change& change) {
  if (!change.tool.empty()) return settings.tool_prefix + change.tool;
  std::string name = settings.tool_prefix;
  for (const char c : found.id) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '_' || c == '-' || c == '.';
    name += plain ? c : '_';
  }
  return name.substr(0, kToolNameBytesMax);
}

// RFC 9110 §9.2. A POST may do anything: it is taken for the worst until the operator knows better.
std::uint32_t make_flags(const std::string& method, const Change& change) {
  const bool reads = change.read_only.value_or(method == "GET");
  const bool idempotent =
      change.idempotent.value_or(method == "GET" || method == "PUT" || method == "DELETE");
  const bool destructive = change.destructive.value_or(!reads);
  std::uint32_t flags = MCPH_NEEDS_UPSTREAM;
  if (reads) flags |= MCPH_READ_ONLY;
  if (idempotent) flags |= MCPH_IDEMPOTENT;
  if (destructive) flags |= MCPH_DESTRUCTIVE;
  if (reads && destructive) throw Refusal("it cannot be read-only and destructive at once");
  return flags;
}

void describe(Operation& operation, const FoundOperation& found) {
  const std::string summary = find_text(*found.operation, "summary").value_or("");
  const std::string said = find_text(*found.operation, "description").value_or(summary);
  const Change& change = operation.change;
  operation.title = shorten(change.title.empty() ? summary : change.title, kTitleBytesMax);
  operation.description = change.description;
  if (operation.description.empty()) operation.description = shorten(said, kDescriptionBytesMax);
  if (operation.description.empty()) operation.description = found.method + " " + found.path;
}

// Every {name} is a parameter of the path, and every such parameter is in the path.
void check_path(const Operation& operation) {
  const std::vector<PathPart> parts = parse_path(operation.path);
  const auto is_used = [&parts](const Parameter& parameter) {
    return std::any_of(parts.begin(), parts.end(), [&parameter](const PathPart& part) {
      return part.is_parameter && part.text == parameter.name;
    });
  };
  std::size_t wanted = 0;
  for (const Parameter& parameter : operation.parameters) {
    if (parameter.place != Place::kPath) continue;
    if (!is_used(parameter)) throw Refusal("its path has no {" + parameter.name + "}");
    ++wanted;
  }
  std::vector<std::string> names;
  for (const PathPart& part : parts) {
    if (part.is_parameter) names.push_back(part.text);
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  if (names.size() != wanted) throw Refusal("it does not describe every parameter of its path");
}

std::string write_schema(Json schema, SchemaMaker& schemas, const char* what) {
  Json defs = schemas.make_defs();
  if (!defs.names().empty()) schema.set("$defs", std::move(defs));
  std::string text = schema.write();
  if (text.size() > kSchemaBytesMax) {
    throw Refusal(std::string("its ") + what + " schema has " + std::to_string(text.size()) +
                  " bytes, at most " + std::to_string(kSchemaBytesMax) + " fit");
  }
  return text;
}

std::string make_input_schema(const Operation& operation, SchemaMaker& schemas) {
  Json properties = Json::object(), required = Json::array();
  const auto add = [&](const std::string& name, const Json& schema, bool is_required) {
    properties.set(name, schema);
    if (is_required) required.push(name);
  };
  for (const Parameter& parameter : operation.parameters) {
    add(parameter.argument, parameter.schema, parameter.required);
  }
  const Body& body = operation.body;
  for (const BodyMember& member : body.members) {
    add(member.argument, member.schema, member.required);
  }
  if (!body.argument.empty()) add(body.argument, body.schema, body.required);
  Json schema = Json::object();
  schema.set("type", "object").set("properties", std::move(properties));
  if (!required.items().empty()) schema.set("required", std::move(required));
  schema.set("additionalProperties", false);
  return write_schema(std::move(schema), schemas, "input");
}

// Of the first answer in JSON that means success.
std::string make_output_schema(const Document& document, const FoundOperation& found) {
  const Json* responses = find_object(*found.operation, "responses");
  if (responses == nullptr) throw Refusal("the document does not describe its answer");
  for (const std::string& status : responses->names()) {
    if (!status.starts_with('2')) continue;
    const Json* content = find_object(document.resolve(*responses->find(status)), "content");
    if (content == nullptr) continue;
    for (const std::string& type : content->names()) {
      const Json* schema = document.resolve(*content->find(type)).find("schema");
      if (!is_json_media_type(type) || schema == nullptr) continue;
      SchemaMaker schemas(document, Direction::kResponse);
      Json converted = schemas.convert(*schema);
      return write_schema(std::move(converted), schemas, "output");
    }
  }
  throw Refusal("the document has no schema of its answer");
}

}  // namespace

Operation read_operation(const Document& document, const FoundOperation& found,
                         const Settings& settings) {
  Operation operation;
  const auto change = settings.operations.find(found.id);
  if (change != settings.operations.end()) operation.change = change->second;
  operation.tool = make_tool_name(found, settings, operation.change);
  operation.method = found.method;
  operation.path = found.path;
  describe(operation, found);
  SchemaMaker schemas(document, Direction::kRequest);
  operation.parameters = read_parameters(document, found, schemas);
  check_path(operation);
  operation.body = read_body(document, found, schemas);
  name_arguments(operation);
  operation.flags = make_flags(found.method, operation.change);
  if (operation.change.scope) {
    operation.scope = *operation.change.scope;
  } else if (settings.scopes) {
    Scopes scopes = read_scopes(document, found);
    operation.scope = std::move(scopes.names);
    operation.scope_words = std::move(scopes.words);
  }
  operation.input_schema = make_input_schema(operation, schemas);
  if (operation.change.output_schema) {
    if (!operation.change.pick.empty() || !operation.change.fields.empty()) {
      throw Refusal("output_schema is for whole answers, and pick or fields change it");
    }
    operation.output_schema = make_output_schema(document, found);
  }
  return operation;
}

}  // namespace openapi
