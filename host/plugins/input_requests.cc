#include "plugins/input_requests.h"

#include "base/json.h"
#include "base/url.h"
#include "plugins/limits.h"

namespace mcph::plugins {
namespace {

using Complaint = std::optional<std::string>;

Complaint check_elicitation(const json::object& params) {
  if (!find_string(params, "message")) return "an elicitation without message";
  const std::string_view mode = find_string(params, "mode").value_or("form");
  if (mode == "url") {
    const auto url = find_string(params, "url");
    if (!url || !parse_url(*url).ok()) return "an elicitation of mode url without a valid url";
    if (find_string(params, "elicitationId").value_or("").empty()) {
      return "an elicitation of mode url without elicitationId";
    }
    return std::nullopt;
  }
  if (mode != "form") return "an elicitation of an unknown mode";
  const json::object* schema = find_object(params, "requestedSchema");
  if (schema == nullptr || find_string(*schema, "type") != "object") {
    return "an elicitation whose requestedSchema is not of type object";
  }
  const json::object* properties = find_object(*schema, "properties");
  if (properties == nullptr) return "an elicitation whose requestedSchema has no properties";
  for (const auto& [name, property] : *properties) {
    // Flat on purpose: clients draw a form (MCP, elicitation).
    const auto type =
        property.is_object() ? find_string(property.get_object(), "type") : std::nullopt;
    if (!type || *type == "object") return "an elicitation that asks for more than a flat form";
  }
  return std::nullopt;
}

Complaint check_sampling(const json::object& params) {
  const json::array* messages = find_array(params, "messages");
  if (messages == nullptr || messages->empty()) return "a sampling request without messages";
  for (const json::value& message : *messages) {
    if (!message.is_object() || !message.get_object().contains("content") ||
        !find_string(message.get_object(), "role")) {
      return "a sampling request with a message without role or content";
    }
  }
  if (find_int(params, "maxTokens").value_or(0) < 1) return "a sampling request without maxTokens";
  return std::nullopt;
}

Complaint check_request(const json::value& request) {
  if (!request.is_object()) return "a request that is no object";
  const std::string_view method = find_string(request.get_object(), "method").value_or("");
  const json::object* params = find_object(request.get_object(), "params");
  if (params == nullptr) return "a request without params";
  if (request.get_object().size() != 2) return "a request with more than method and params";
  if (params->contains("_meta")) return "a request with _meta, which is the host's";
  if (method == "elicitation/create") return check_elicitation(*params);
  if (method == "sampling/createMessage") return check_sampling(*params);
  if (method == "roots/list") return std::nullopt;
  return "a request of an unknown method";
}

}  // namespace

Complaint check_input_requests(std::string_view requests_json) {
  const auto requests = parse_json(requests_json);
  if (!requests.ok() || !requests->is_object()) return "requests that are no JSON object";
  if (requests->get_object().empty()) return "no request";
  if (requests->get_object().size() > kInputRequestsMax) return "too many requests";
  for (const auto& [key, request] : requests->get_object()) {
    if (key.empty() || key.size() > kInputKeyBytesMax) return "a key that is empty or too long";
    if (auto complaint = check_request(request)) return complaint;
  }
  return std::nullopt;
}

}  // namespace mcph::plugins
