#include "oauth/registration/body.h"

#include "base/limits.h"
#include "oauth/responses.h"

namespace mcph::oauth {
namespace {

// Client metadata is flat, but for keys.
constexpr std::size_t kDepthMax = 8;

Refusal refuse(int status, std::string description) {
  Refusal refusal = errors::invalid_client_metadata(std::move(description));
  refusal.status = status;
  return refusal;
}

}  // namespace

std::variant<json::object, Refusal> read_registration_body(const Request& http) {
  if (http.body.size() > limits::kRegistrationBytesMax) return refuse(413, "the body is too large");
  if (!has_media_type(http, "application/json")) {
    return refuse(415, "Content-Type must be application/json");
  }
  auto parsed = parse_json(http.body, kDepthMax);
  if (!parsed.ok() || !parsed->is_object()) return refuse(400, "the body must be a JSON object");
  return std::move(parsed->get_object());
}

std::string_view bearer_token_of(const Request& http) {
  constexpr std::string_view scheme = "Bearer ";
  if (http.headers.count("authorization") != 1) return {};
  std::string_view value = *http.headers.find("authorization");
  if (!iequals(value.substr(0, scheme.size()), scheme)) return {};
  value.remove_prefix(scheme.size());
  while (value.starts_with(' ')) value.remove_prefix(1);
  return value;
}

Response make_bearer_refusal(std::string_view description) {
  Response response =
      make_document(401, {{"error", "invalid_token"}, {"error_description", description}});
  response.headers.add("WWW-Authenticate", "Bearer error=\"invalid_token\"");
  return response;
}

}  // namespace mcph::oauth
