#include "parameters.h"

#include <algorithm>
#include <array>

#include "limits.h"
#include "media_type.h"

namespace openapi {
namespace {

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  return text;
}

// OpenAPI 3.0.3 §4.7.12 ignores the first three. The others carry credentials, frame the message,
// say who asks, or change what was asked for behind a proxy's back.
bool is_not_for_models(const std::string& header) {
  constexpr std::array<std::string_view, 29> kNames{"accept",
                                                    "content-type",
                                                    "authorization",
                                                    "cookie",
                                                    "set-cookie",
                                                    "host",
                                                    "connection",
                                                    "keep-alive",
                                                    "te",
                                                    "trailer",
                                                    "upgrade",
                                                    "transfer-encoding",
                                                    "content-length",
                                                    "content-encoding",
                                                    "accept-encoding",
                                                    "expect",
                                                    "forwarded",
                                                    "via",
                                                    "origin",
                                                    "referer",
                                                    "traceparent",
                                                    "tracestate",
                                                    "x-real-ip",
                                                    "x-original-url",
                                                    "x-rewrite-url",
                                                    "x-http-method",
                                                    "x-http-method-override",
                                                    "x-method-override",
                                                    "x-original-host"};
  const std::string name = lower(header);
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end() ||
         name.starts_with("proxy-") || name.starts_with("sec-") || name.starts_with("x-forwarded-");
}

bool is_token(std::string_view name) {  // RFC 9110 §5.6.2
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

Style read_style(const Json& raw, Place place, const std::string& what) {
  const std::string fallback = place == Place::kQuery ? "form" : "simple";
  const std::string name = find_text(raw, "style").value_or(fallback);
  if (place != Place::kQuery) {
    if (name == "simple") return Style::kSimple;
  } else {
    if (name == "form") return Style::kForm;
    if (name == "spaceDelimited") return Style::kSpaceDelimited;
    if (name == "pipeDelimited") return Style::kPipeDelimited;
    if (name == "deepObject") return Style::kDeepObject;
  }
  throw Refusal(what + " has the style " + shorten(name, kNameBytesMax) +
                ", which is not supported there");
}

// Of the parameter's schema, or of its content when that is JSON.
Json read_schema(const Document& document, const Json& raw, Parameter& parameter,
                 const std::string& what, SchemaMaker& schemas) {
  Json schema = Json::object();
  if (const Json* content = find_object(raw, "content")) {
    if (content->names().size() != 1 || !is_json_media_type(content->names()[0])) {
      throw Refusal(what + " has a content other than JSON");
    }
    parameter.style = Style::kJson;
    const Json& media = document.resolve(*content->find(content->names()[0]));
    if (const Json* found = media.find("schema")) schema = schemas.convert(*found);
  } else if (const Json* found = raw.find("schema")) {
    schema = schemas.convert(*found);
  }
  const auto description = find_text(raw, "description");
  if (description && schema.is_object() && schema.find("description") == nullptr) {
    schema.set("description", shorten(*description, kDescriptionBytesMax));
  }
  return schema;
}

// Nothing to be sent: the parameter is left out.
bool is_left_out(const Parameter& parameter, const std::string& place, const std::string& what) {
  const bool is_cookie = place == "cookie";
  if (!is_cookie && !(place == "header" && is_not_for_models(parameter.name))) return false;
  const std::string name = lower(parameter.name);
  const bool ignored = name == "accept" || name == "content-type" || name == "authorization";
  if (parameter.required && (is_cookie || !ignored)) {
    throw Refusal(what + " is required, and not for a model to set");
  }
  return true;
}

void add_parameter(const Document& document, const Json& raw, SchemaMaker& schemas,
                   std::vector<Parameter>& out) {
  Parameter parameter;
  parameter.name = find_text(raw, "name").value_or("");
  const std::string place = find_text(raw, "in").value_or("");
  const std::string what = "its parameter " + shorten(parameter.name, kNameBytesMax);
  if (parameter.name.empty() || parameter.name.size() > 2 * kNameBytesMax) {
    throw Refusal("a parameter has no name of 1 to 128 bytes");
  }
  parameter.required = find_flag(raw, "required", false);
  if (is_left_out(parameter, place, what)) return;
  if (place != "path" && place != "query" && place != "header") {
    throw Refusal(what + " is neither in the path nor in the query nor in a header");
  }
  parameter.place = place == "path"    ? Place::kPath
                    : place == "query" ? Place::kQuery
                                       : Place::kHeader;
  if (parameter.place == Place::kPath) parameter.required = true;
  if (parameter.place == Place::kHeader && !is_token(parameter.name)) {
    throw Refusal(what + " is no name of a header");
  }
  parameter.style = read_style(raw, parameter.place, what);
  parameter.explode = find_flag(raw, "explode", parameter.style == Style::kForm);
  parameter.schema = read_schema(document, raw, parameter, what, schemas);
  out.push_back(std::move(parameter));
}

// What a parameter of an operation takes the place of (OpenAPI 3.0.3 §4.7.9).
bool is_same(const Json& one, const Json& other) {
  return find_text(one, "name") == find_text(other, "name") &&
         find_text(one, "in") == find_text(other, "in");
}

}  // namespace

std::vector<Parameter> read_parameters(const Document& document, const FoundOperation& found,
                                       SchemaMaker& schemas) {
  std::vector<const Json*> raw;
  for (const Json* owner : {found.item, found.operation}) {
    const Json* list = find_array(*owner, "parameters");
    if (list == nullptr) continue;
    for (const Json& item : list->items()) {
      const Json& parameter = document.resolve(item);
      const auto same = std::find_if(raw.begin(), raw.end(), [&parameter](const Json* known) {
        return is_same(*known, parameter);
      });
      if (same == raw.end()) {
        raw.push_back(&parameter);
      } else if (owner == found.operation) {
        *same = &parameter;
      }
      if (raw.size() > kParametersMax) {
        throw Refusal("it has more than " + std::to_string(kParametersMax) + " parameters");
      }
    }
  }
  std::vector<Parameter> parameters;
  for (const Json* parameter : raw) add_parameter(document, *parameter, schemas, parameters);
  return parameters;
}

}  // namespace openapi
