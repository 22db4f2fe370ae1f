#include "body.h"

#include <algorithm>
#include <array>

#include "limits.h"
#include "media_type.h"

namespace openapi {
namespace {

BodyKind kind_of(const std::string& content_type) {
  if (is_json_media_type(content_type)) return BodyKind::kJson;
  const std::string type = media_type_of(content_type);
  if (type == "application/x-www-form-urlencoded") return BodyKind::kForm;
  return type == "text/plain" ? BodyKind::kText : BodyKind::kNone;
}

// Which of the document's content types is sent.
const std::string& choose_content(const Json& content) {
  for (const BodyKind kind : {BodyKind::kJson, BodyKind::kForm, BodyKind::kText}) {
    for (const std::string& name : content.names()) {
      if (kind_of(name) == kind) return name;
    }
  }
  throw Refusal("its body is " +
                (content.names().empty() ? "nothing" : shorten(content.names()[0], kNameBytesMax)) +
                "; JSON, forms and plain text can be sent");
}

// Keywords beside `properties` and `required` that say something about the object as a whole.
bool is_plain_object(const Document& document, const Json& schema) {
  constexpr std::array<std::string_view, 14> kWhole{"allOf",
                                                    "anyOf",
                                                    "oneOf",
                                                    "not",
                                                    "if",
                                                    "enum",
                                                    "const",
                                                    "patternProperties",
                                                    "propertyNames",
                                                    "minProperties",
                                                    "maxProperties",
                                                    "dependentRequired",
                                                    "dependentSchemas",
                                                    "unevaluatedProperties"};
  const auto has = [&schema](std::string_view name) { return schema.find(name) != nullptr; };
  if (std::any_of(kWhole.begin(), kWhole.end(), has)) return false;
  const Json* properties = find_object(schema, "properties");
  if (properties == nullptr || properties->names().empty() ||
      properties->names().size() > kBodyMembersMax) {
    return false;
  }
  if (find_text(schema, "type").value_or("object") != "object") return false;
  if (document.is_3_0() && find_flag(schema, "nullable", false)) return false;
  const Json* more = schema.find("additionalProperties");
  return more == nullptr || more->kind() == Json::Kind::kBool;
}

bool requires_member(const Json& schema, const std::string& name) {
  const Json* required = find_array(schema, "required");
  return required != nullptr &&
         std::any_of(required->items().begin(), required->items().end(), [&name](const Json& item) {
           return item.is_string() && item.as_string() == name;
         });
}

std::vector<BodyMember> read_members(const Json& schema, SchemaMaker& schemas) {
  std::vector<BodyMember> members;
  const Json& properties = schema.at("properties");
  for (const std::string& name : properties.names()) {
    const Json& property = *properties.find(name);
    if (schemas.leaves_out(property)) continue;
    members.push_back({name, {}, requires_member(schema, name), schemas.convert(property)});
  }
  return members;
}

}  // namespace

Body read_body(const Document& document, const FoundOperation& found, SchemaMaker& schemas) {
  Body body;
  const Json* raw = find_object(*found.operation, "requestBody");
  if (raw == nullptr) return body;
  if (found.method == "GET") throw Refusal("it is a GET with a body");
  const Json& request = document.resolve(*raw);
  const Json* content = find_object(request, "content");
  if (content == nullptr) throw Refusal("its body has no content");
  const std::string& content_type = choose_content(*content);
  body.media_type = media_type_of(content_type);
  body.kind = kind_of(content_type);
  body.required = find_flag(request, "required", false);
  const Json& media = document.resolve(*content->find(content_type));
  const Json anything = Json::object();
  const Json* written = media.find("schema");
  const Json& schema = written != nullptr ? document.resolve(*written) : anything;
  const bool plain = schema.is_object() && is_plain_object(document, schema);
  if (body.kind == BodyKind::kForm && !plain) {
    throw Refusal("its body is a form whose members the document does not list");
  }
  if (body.kind != BodyKind::kText && plain) {
    std::vector<BodyMember> members = read_members(schema, schemas);
    const bool none_required = std::none_of(
        members.begin(), members.end(), [](const BodyMember& member) { return member.required; });
    // An optional body with required members is all or nothing: that takes one argument.
    if (body.kind == BodyKind::kForm || body.required || none_required) {
      for (BodyMember& member : members) member.required = member.required && body.required;
      body.members = std::move(members);
      if (!body.members.empty()) return body;
    }
  }
  if (body.kind == BodyKind::kForm) throw Refusal("its body is a form without members");
  body.schema = body.kind == BodyKind::kText ? Json::object().set("type", "string")
                : written != nullptr         ? schemas.convert(*written)
                                             : Json::object();
  return body;
}

}  // namespace openapi
