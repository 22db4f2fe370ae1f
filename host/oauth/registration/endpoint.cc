#include "oauth/registration/endpoint.h"

#include "base/encoding.h"
#include "base/limits.h"
#include "oauth/registration/metadata.h"
#include "oauth/responses.h"
#include "oauth/scope.h"

namespace mcph::oauth {
namespace {

// Client metadata is flat.
constexpr std::size_t kDepthMax = 8;

Refusal refuse(int status, std::string description) {
  Refusal refusal = errors::invalid_client_metadata(std::move(description));
  refusal.status = status;
  return refusal;
}

std::variant<json::object, Refusal> read_body(const Request& http) {
  if (http.body.size() > limits::kRegistrationBytesMax) return refuse(413, "the body is too large");
  if (!has_media_type(http, "application/json")) {
    return refuse(415, "Content-Type must be application/json");
  }
  auto parsed = parse_json(http.body, kDepthMax);
  if (!parsed.ok() || !parsed->is_object()) return refuse(400, "the body must be a JSON object");
  return std::move(parsed->get_object());
}

json::array to_array(const std::vector<std::string>& items) {
  json::array out;
  for (const auto& item : items) out.emplace_back(item);
  return out;
}

// RFC 7591 §3.2.1. Members without a value are left out: deployed clients refuse null.
json::object make_answer(const Settings& settings, const Client& client, std::string_view secret) {
  json::object out;
  out["client_id"] = client.id.str();
  out["client_id_issued_at"] = to_unix(client.created_at);
  if (!secret.empty()) {
    out["client_secret"] = secret;
    out["client_secret_expires_at"] = 0;  // never
  }
  if (!client.name.empty()) out["client_name"] = client.name;
  if (!client.client_uri.empty()) out["client_uri"] = client.client_uri;
  out["redirect_uris"] = to_array(client.redirect_uris);
  out["grant_types"] = to_array(client.grant_types);
  out["response_types"] = json::array{"code"};
  out["token_endpoint_auth_method"] = to_string(client.auth_method);
  if (!client.jwks.empty()) out["jwks"] = parse_json(client.jwks).value();
  out["application_type"] = client.application_type;
  if (client.require_pushed_requests) out["require_pushed_authorization_requests"] = true;
  const auto scopes = offered_scopes(settings, client);
  if (!scopes.empty()) out["scope"] = join_scopes(scopes);
  return out;
}

}  // namespace

Response register_client(const Parts& parts, const Request& http) {
  if (parts.settings.registration == Registration::kOff) {
    Refusal refusal = errors::access_denied("clients are registered by an administrator");
    return make_error_document(refusal);
  }
  const auto body = read_body(http);
  if (const auto* refusal = std::get_if<Refusal>(&body)) return make_error_document(*refusal);
  auto read = read_metadata(parts.settings, std::get<json::object>(body));
  if (const auto* refusal = std::get_if<Refusal>(&read)) {
    parts.log.info("register.refused", {{"error", refusal->error}, {"why", refusal->description}});
    return make_error_document(*refusal);
  }
  Client& client = std::get<Client>(read);
  // Hex and base64url: whether a client encodes them in Basic credentials makes no difference.
  client.id = ClientId{to_hex(parts.random.bytes(16))};
  client.created_at = parts.clock.now();
  client.expires_at = client.created_at + parts.settings.unused_client_lifetime;
  Secret secret;
  if (needs_secret(client.auth_method)) {
    secret = Secret("mcp_cs_" + to_base64url(parts.random.bytes(32)));
    client.secret_hashes.push_back(hash_token(secret.reveal()));
  }
  if (const auto inserted = parts.clients.insert(client); !inserted.ok()) {
    parts.log.failure(LogLevel::kError, "register.failed", inserted.error());
    return make_error_document(errors::from(inserted.error()));
  }
  parts.log.info("client.registered",
                 {{"client", client.id.str()}, {"method", to_string(client.auth_method)}});
  return make_document(201, make_answer(parts.settings, client, secret.reveal()));
}

}  // namespace mcph::oauth
