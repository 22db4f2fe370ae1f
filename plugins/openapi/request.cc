#include "request.h"

#include <algorithm>

#include "encode.h"
#include "limits.h"
#include "mcph/call.hpp"
#include "path.h"

namespace openapi {
namespace {

std::string make_path(const Operation& operation, const Json& arguments) {
  std::string path;
  for (const PathPart& part : parse_path(operation.path)) {
    if (!part.is_parameter) {
      path += part.text;
      continue;
    }
    for (const Parameter& parameter : operation.parameters) {
      if (parameter.place != Place::kPath || parameter.name != part.text) continue;
      path += encode_in_path(parameter, arguments.at(parameter.argument));
    }
  }
  // Two values side by side in one segment may make what neither is.
  for (std::size_t at = 0; at < path.size();) {
    const std::size_t end = std::min(path.find('/', at + 1), path.size());
    if (is_dot_segment(std::string_view(path).substr(at + 1, end - at - 1))) {
      throw mcph::Failure(MCPH_E_NOT_FOUND, "The arguments must not lead to another path.");
    }
    at = end;
  }
  return path;
}

// Of an object whose members are parameters of their own: none may stand for another one.
void check_names(const Operation& operation, const Parameter& parameter, const Json& value) {
  if (!value.is_object() || !parameter.explode || parameter.style == Style::kDeepObject) return;
  for (const Parameter& other : operation.parameters) {
    if (other.place == Place::kQuery && value.find(other.name) != nullptr) {
      throw mcph::Failure(MCPH_E_NOT_FOUND, parameter.argument + " must not have a member " +
                                                other.name + ", which is an argument of its own");
    }
  }
}

std::string make_query(const Operation& operation, const Json& arguments) {
  std::string query;
  for (const Parameter& parameter : operation.parameters) {
    const Json* value = arguments.find(parameter.argument);
    if (parameter.place != Place::kQuery || value == nullptr) continue;
    if (parameter.style != Style::kJson) check_names(operation, parameter, *value);
    append_to_query(query, parameter, *value);
  }
  return query;
}

void add_headers(Request& request, const Operation& operation, const Json& arguments) {
  request.headers.emplace_back("accept", "application/json, text/plain;q=0.9, */*;q=0.1");
  for (const Parameter& parameter : operation.parameters) {
    const Json* value = arguments.find(parameter.argument);
    if (parameter.place != Place::kHeader || value == nullptr || value->is_null()) continue;
    request.headers.emplace_back(parameter.name, encode_in_header(parameter, *value));
  }
}

void add_body(Request& request, const Body& body, const Json& arguments) {
  bool given = body.required && body.argument.empty();
  if (!body.argument.empty()) {
    const Json* value = arguments.find(body.argument);
    given = value != nullptr;
    if (given) request.body = body.kind == BodyKind::kText ? value->as_string() : value->write();
  }
  Json object = Json::object();
  for (const BodyMember& member : body.members) {
    const Json* value = arguments.find(member.argument);
    if (value == nullptr) continue;
    given = true;
    if (body.kind == BodyKind::kForm) {
      append_to_form(request.body, member, *value);
    } else {
      object.set(member.name, *value);
    }
  }
  if (!given || body.kind == BodyKind::kNone) return;
  if (body.kind == BodyKind::kJson && !body.members.empty()) request.body = object.write();
  request.headers.emplace_back("content-type", body.media_type);
}

}  // namespace

Request make_request(const Operation& operation, const std::string& base_url,
                     const Json& arguments) {
  Request request;
  request.method = operation.method;
  request.url = base_url + make_path(operation, arguments);
  const std::string query = make_query(operation, arguments);
  if (!query.empty()) request.url += "?" + query;
  if (request.url.size() > kUrlBytesMax) {
    throw mcph::Failure(MCPH_E_LIMIT, "The arguments make an address of more than " +
                                          std::to_string(kUrlBytesMax) + " bytes.");
  }
  add_headers(request, operation, arguments);
  add_body(request, operation.body, arguments);
  return request;
}

}  // namespace openapi
