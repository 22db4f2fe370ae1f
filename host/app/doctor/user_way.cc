#include "app/doctor/user_way.h"

#include <optional>
#include <utility>

#include "app/module_settings.h"
#include "base/encoding.h"
#include "crypto/hash.h"
#include "net/fetch_json.h"
#include "oauth/endpoints.h"

namespace mcph::app {
namespace {

constexpr std::int64_t kPatienceMs = 10'000;
// A tool may be slow: it has as long as a plugin's default.
constexpr std::int64_t kCallPatienceMs = 35'000;
constexpr char kJson[] = "application/json";
constexpr char kForm[] = "application/x-www-form-urlencoded";
constexpr char kProtocol[] = "2025-11-25";
constexpr std::size_t kStateBytes = 16;
constexpr std::size_t kVerifierBytes = 32;

Error unexpected(const std::string& where, int status, std::string_view error) {
  std::string words = where + " answers " + std::to_string(status);
  if (!error.empty()) words.append(": ").append(error);
  return Error{Code::kInternal, std::move(words), {}};
}

std::optional<std::string_view> find_field(const FormFields& fields, std::string_view name) {
  for (const auto& [key, value] : fields) {
    if (key == name) return value;
  }
  return std::nullopt;
}

// The message of an answer that came as an event stream: its last event.
std::string_view last_event(std::string_view body) {
  const auto at = body.rfind("data: ");
  if (at == std::string_view::npos) return {};
  body.remove_prefix(at + 6);
  return body.substr(0, body.find('\n'));
}

bool is_harmless(const json::object& tool) {
  const auto* annotations = tool.if_contains("annotations");
  const auto* schema = tool.if_contains("inputSchema");
  if (annotations == nullptr || !annotations->is_object() || schema == nullptr ||
      !schema->is_object()) {
    return false;
  }
  const auto* read_only = annotations->get_object().if_contains("readOnlyHint");
  const auto* required = schema->get_object().if_contains("required");
  return read_only != nullptr && read_only->is_bool() && read_only->get_bool() &&
         (required == nullptr || (required->is_array() && required->get_array().empty()));
}

std::string first_text(const json::object& result) {
  const auto* content = result.if_contains("content");
  if (content == nullptr || !content->is_array() || content->get_array().empty()) return {};
  const auto* block = content->get_array().front().if_object();
  return block == nullptr ? std::string{} : std::string(find_string(*block, "text").value_or(""));
}

}  // namespace

UserWay::~UserWay() {
  if (!access_token_.empty()) {
    (void)post(
        oauth::kRevokePath, kForm,
        to_form({{"client_id", client_id_}, {"token", std::string(access_token_.reveal())}}));
  }
  if (registration_uri_.empty()) return;
  net::HttpRequest request;
  request.method = Method::kDelete;
  request.url = registration_uri_;
  request.authorization = Secret("Bearer " + std::string(registration_token_.reveal()));
  request.timeout_ms = kPatienceMs;
  request.tag = "doctor";
  (void)parts_.host_http.send(std::move(request));
}

Result<json::object> UserWay::post(const std::string& path, const std::string& type,
                                   std::string body) {
  net::HttpRequest request;
  request.method = Method::kPost;
  request.url = parts_.config.public_url + path;
  request.headers.add("Content-Type", type);
  request.headers.add("Accept", "application/json");
  request.body = std::move(body);
  request.timeout_ms = kPatienceMs;
  request.tag = "doctor";
  const auto response = TRY(parts_.host_http.send(std::move(request)));
  const auto answer = parse_json(response.body);
  const json::object* object = answer.ok() ? answer->if_object() : nullptr;
  if (response.status / 100 != 2) {
    const auto error = object == nullptr ? std::nullopt : find_string(*object, "error");
    return unexpected(path, response.status, error.value_or(""));
  }
  return object == nullptr ? json::object{} : *object;
}

Result<> UserWay::register_client(const std::string& redirect_uri) {
  const auto client = TRY(post(oauth::kRegisterPath, kJson,
                               to_json(json::object{{"client_name", "mcp-host doctor"},
                                                    {"redirect_uris", json::array{redirect_uri}},
                                                    {"token_endpoint_auth_method", "none"}})));
  redirect_uri_ = redirect_uri;
  client_id_ = find_string(client, "client_id").value_or("");
  registration_uri_ = find_string(client, "registration_client_uri").value_or("");
  registration_token_ = Secret(find_string(client, "registration_access_token").value_or(""));
  return Ok{};
}

Result<std::string> UserWay::make_authorize_url() {
  net::HttpRequest request;
  request.url = parts_.config.public_url + oauth::kResourceMetadataRootPath;
  request.timeout_ms = kPatienceMs;
  request.tag = "doctor";
  const auto metadata = TRY(net::fetch_json(parts_.host_http, std::move(request)));
  std::string scopes;
  const auto* object = metadata.value.if_object();
  const auto* list = object == nullptr ? nullptr : object->if_contains("scopes_supported");
  if (list != nullptr && list->is_array()) {
    for (const json::value& scope : list->get_array()) {
      if (!scope.is_string()) continue;
      if (!scopes.empty()) scopes += ' ';
      scopes += std::string_view(scope.get_string());
    }
  }
  state_ = to_base64url(parts_.random.bytes(kStateBytes));
  verifier_ = Secret(to_base64url(parts_.random.bytes(kVerifierBytes)));
  FormFields fields{{"response_type", "code"},
                    {"client_id", client_id_},
                    {"redirect_uri", redirect_uri_},
                    {"code_challenge", to_base64url(crypto::sha256(verifier_.reveal()))},
                    {"code_challenge_method", "S256"},
                    {"state", state_},
                    {"resource", parts_.config.public_url + kMcpPath}};
  if (!scopes.empty()) fields.emplace_back("scope", scopes);
  return parts_.config.public_url + oauth::kAuthorizePath + '?' + to_form(fields);
}

Result<> UserWay::redeem(const FormFields& callback) {
  if (find_field(callback, "state") != state_) {
    return Error{Code::kForbidden, "the browser brought an answer to another request", {}};
  }
  if (find_field(callback, "iss") != parts_.config.public_url) {
    return Error{Code::kForbidden, "the browser brought an answer of another server", {}};
  }
  if (const auto error = find_field(callback, "error")) {
    const auto why = find_field(callback, "error_description").value_or("");
    return Error{Code::kForbidden, std::string(*error) + ": " + std::string(why), {}};
  }
  const auto answer =
      TRY(post(oauth::kTokenPath, kForm,
               to_form({{"grant_type", "authorization_code"},
                        {"client_id", client_id_},
                        {"code", std::string(find_field(callback, "code").value_or(""))},
                        {"redirect_uri", redirect_uri_},
                        {"code_verifier", std::string(verifier_.reveal())}})));
  access_token_ = Secret(find_string(answer, "access_token").value_or(""));
  if (access_token_.empty()) return Error{Code::kInternal, "/token gave no access token", {}};
  return Ok{};
}

Result<json::object> UserWay::ask(std::string_view method, json::object params) {
  net::HttpRequest request;
  request.method = Method::kPost;
  request.url = parts_.config.public_url + kMcpPath;
  request.headers.add("Content-Type", kJson);
  request.headers.add("Accept", "application/json, text/event-stream");
  if (!session_.empty()) {
    request.headers.add("Mcp-Session-Id", session_);
    request.headers.add("MCP-Protocol-Version", kProtocol);
  }
  request.authorization = Secret("Bearer " + std::string(access_token_.reveal()));
  json::object message{{"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(params)}};
  const bool is_notification = method.starts_with("notifications/");
  if (!is_notification) message["id"] = next_id_++;
  request.body = to_json(message);
  request.timeout_ms = kCallPatienceMs;
  request.tag = "doctor";
  const auto response = TRY(parts_.host_http.send(std::move(request)));
  if (is_notification && response.status == 202) return json::object{};
  const auto type = response.headers.find("content-type").value_or("");
  const auto answer =
      parse_json(type.starts_with("text/event-stream") ? last_event(response.body) : response.body);
  const json::object* object = answer.ok() ? answer->if_object() : nullptr;
  if (object == nullptr) return unexpected(std::string(method), response.status, "");
  if (const auto* error = object->if_contains("error"); error != nullptr && error->is_object()) {
    return unexpected(std::string(method), response.status,
                      find_string(error->get_object(), "message").value_or(""));
  }
  if (session_.empty()) session_ = response.headers.find("mcp-session-id").value_or("");
  const auto* result = object->if_contains("result");
  if (result == nullptr || !result->is_object()) {
    return unexpected(std::string(method), response.status, "no result");
  }
  return result->get_object();
}

Result<> UserWay::open_session() {
  TRY(ask("initialize",
          {{"protocolVersion", kProtocol},
           {"capabilities", json::object{}},
           {"clientInfo", json::object{{"name", "mcp-host doctor"}, {"version", "1"}}}}));
  TRY(ask("notifications/initialized", {}));
  return Ok{};
}

Result<std::vector<HarmlessTool>> UserWay::list_harmless_tools() {
  constexpr int kPagesMax = 100;
  std::vector<HarmlessTool> harmless;
  json::object params;
  for (int page = 0; page < kPagesMax; ++page) {
    const auto result = TRY(ask("tools/list", params));
    const auto* tools = result.if_contains("tools");
    if (tools != nullptr && tools->is_array()) {
      for (const json::value& tool : tools->get_array()) {
        if (tool.is_object() && is_harmless(tool.get_object())) {
          harmless.push_back({std::string(find_string(tool.get_object(), "name").value_or(""))});
        }
      }
    }
    const auto cursor = find_string(result, "nextCursor");
    if (!cursor) break;
    params = {{"cursor", *cursor}};
  }
  return harmless;
}

Result<> UserWay::call(const HarmlessTool& tool) {
  const auto result = TRY(ask("tools/call", {{"name", tool.name}, {"arguments", json::object{}}}));
  const auto* failed = result.if_contains("isError");
  if (failed == nullptr || !failed->is_bool() || !failed->get_bool()) return Ok{};
  return Error{Code::kUnavailable, first_text(result), {}};
}

}  // namespace mcph::app
