#include "oauth/registration/endpoint.h"

#include "base/encoding.h"
#include "oauth/audit_event.h"
#include "oauth/network.h"
#include "oauth/registration/body.h"
#include "oauth/registration/information.h"
#include "oauth/registration/metadata.h"
#include "oauth/registration/policy.h"
#include "oauth/registration/secrets.h"
#include "oauth/responses.h"

namespace mcph::oauth {
namespace {

std::variant<Client, Refusal> read_client(const Parts& parts, const Request& http) {
  auto body = read_registration_body(http);
  if (auto* refusal = std::get_if<Refusal>(&body)) return std::move(*refusal);
  auto read = read_metadata(parts.settings, std::get<json::object>(body));
  if (const auto* refusal = std::get_if<Refusal>(&read)) {
    parts.log.info("register.refused", {{"error", refusal->error}, {"why", refusal->description}});
  }
  return read;
}

}  // namespace

Response register_client(const Parts& parts, const Request& http) {
  if (auto refusal = check_may_register(parts, http)) return std::move(*refusal);
  auto read = read_client(parts, http);
  if (const auto* refusal = std::get_if<Refusal>(&read)) return make_error_document(*refusal);
  if (auto refusal = use_initial_access_token(parts, http)) return std::move(*refusal);
  Client& client = std::get<Client>(read);
  // Hex and base64url: whether a client encodes them in Basic credentials makes no difference.
  client.id = ClientId{to_hex(parts.random.bytes(16))};
  client.created_at = parts.clock.now();
  client.expires_at = client.created_at + parts.settings.unused_client_lifetime;
  client.registered_from = network_of(http.peer);
  const Secret management = parts.token_format.make(TokenKind::kRegistration, kNeverExpires);
  client.registration_token_hash = hash_token(management.reveal());
  Secret secret;
  if (needs_secret(client.auth_method)) {
    secret = make_client_secret(parts.random);
    client.secret_hashes.push_back(hash_token(secret.reveal()));
  }
  if (const auto inserted = parts.clients.insert(client); !inserted.ok()) {
    parts.log.failure(LogLevel::kError, "register.failed", inserted.error());
    return make_error_document(errors::from(inserted.error()));
  }
  parts.log.info("client.registered",
                 {{"client", client.id.str()}, {"method", to_string(client.auth_method)}});
  AuditEvent event = make_client_event(audit_types::kClientRegistered, http, client.id);
  event.actor = AuditActor::kStranger;
  event.details = {{"name", client.name}, {"method", std::string(to_string(client.auth_method))}};
  parts.audit.record(std::move(event));
  return make_document(
      201, make_client_information(parts.settings, client, secret.reveal(), management.reveal()));
}

}  // namespace mcph::oauth
