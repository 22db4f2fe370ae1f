#include "todo_client.h"

#include "mcph/json.hpp"

namespace todo_api {
namespace {

constexpr std::string_view kList = "/api/todos";

// The id comes from a model. As one percent-encoded segment it cannot reach another path of the
// API; the two segments that mean a directory even when encoded are no ids.
std::string item_path(std::string_view id) {
  if (id.empty() || id == "." || id == "..") {
    throw mcph::Failure(MCPH_E_NOT_FOUND, "API request failure: 404");
  }
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string path(kList);
  path += '/';
  for (const char c : id) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.' || c == '~';  // RFC 3986 §2.3
    if (plain) {
      path += c;
    } else {
      path += '%';
      path += kHex[byte >> 4];
      path += kHex[byte & 15];
    }
  }
  return path;
}

}  // namespace

std::string TodoClient::list(mcph::Call call) const {
  return send(call, "GET", std::string(kList));
}

std::string TodoClient::add(mcph::Call call, std::string_view text) const {
  const std::string body = mcph::Json::object().set("todoText", text).write();
  return send(call, "POST", std::string(kList), body);
}

std::string TodoClient::set_completed(mcph::Call call, std::string_view id, bool completed) const {
  const std::string body = mcph::Json::object().set("completed", completed).write();
  return send(call, "PATCH", item_path(id), body);
}

std::string TodoClient::remove(mcph::Call call, std::string_view id) const {
  return send(call, "DELETE", item_path(id));
}

std::string TodoClient::send(mcph::Call call, std::string_view method, const std::string& path,
                             std::string_view json) const {
  const mcph::HttpReply reply = http_.as_user(call, method, base_url_ + path, json);
  if (!reply.ok()) {
    throw mcph::Failure(MCPH_E_UNAVAILABLE, "API request failure: " + std::to_string(reply.status));
  }
  try {
    const mcph::Json answer = mcph::Json::parse(reply.body);
    const mcph::Json& todos = answer.at("todos");
    if (todos.is_array()) return todos.write();
  } catch (const mcph::JsonError&) {
    // Not worth more words than the next line has: the body may be anything.
  }
  throw mcph::Failure(MCPH_E_UNAVAILABLE, "API request failure: the answer is not a list of todos");
}

}  // namespace todo_api
