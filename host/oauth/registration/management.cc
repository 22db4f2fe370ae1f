#include "oauth/registration/management.h"

#include <algorithm>

#include "crypto/hash.h"
#include "oauth/audit_event.h"
#include "oauth/registration/body.h"
#include "oauth/registration/information.h"
#include "oauth/registration/metadata.h"
#include "oauth/registration/secrets.h"
#include "oauth/responses.h"

namespace mcph::oauth {
namespace {

Response fail(const Parts& parts, const char* event, const Error& error) {
  parts.log.failure(LogLevel::kError, event, error);
  return make_error_document(errors::from(error));
}

Response refuse() {
  return make_bearer_refusal("the registration access token is not valid");
}

// RFC 7592 §2.1: one answer for a wrong token and for a client that is not there.
std::variant<Client, Response> authenticate(const Parts& parts, const Request& http,
                                            const std::string& client_id) {
  const std::string_view token = bearer_token_of(http);
  if (token.empty()) return make_bearer_refusal("a registration access token is needed");
  if (!parts.token_format.find_expiry(TokenKind::kRegistration, token)) return refuse();
  auto found = parts.clients.find(ClientId{client_id});
  if (!found.ok()) return fail(parts, "registration.failed", found.error());
  static const std::string kNobodys(32, '\0');
  const auto& client = *found;
  const bool manageable =
      client && client->kind == ClientKind::kDynamic && !client->registration_token_hash.empty();
  const std::string& known = manageable ? client->registration_token_hash : kNobodys;
  const bool equal = crypto::equal_constant_time(known, hash_token(token));
  if (!manageable || !equal || client->disabled) {
    return refuse();
  }
  return *client;
}

// RFC 7592 §2.2: who it is, with what it already knows, and nothing that is ours to say.
Verdict check_update(const Client& client, const json::object& metadata) {
  for (const char* name : {"registration_access_token", "registration_client_uri",
                           "client_secret_expires_at", "client_id_issued_at"}) {
    if (find(metadata, name) != nullptr) {
      return errors::invalid_request(std::string(name) + " must not be sent");
    }
  }
  if (find_string(metadata, "client_id") != client.id.str()) {
    return errors::invalid_request("client_id must be the client's");
  }
  const auto* secret = find(metadata, "client_secret");
  if (secret == nullptr || secret->is_null()) return std::nullopt;
  const std::string hash =
      secret->is_string() ? crypto::sha256(view(secret->get_string())) : std::string{};
  const auto& known = client.secret_hashes;
  const bool right = std::any_of(known.begin(), known.end(), [&hash](const std::string& one) {
    return crypto::equal_constant_time(one, hash);
  });
  if (!right) return errors::invalid_request("client_secret is not the client's");
  return std::nullopt;
}

// The new metadata replaces all of the old; what is not said is not kept.
std::variant<Client, Refusal> merge(const Parts& parts, const Client& before,
                                    const json::object& metadata) {
  if (auto refusal = check_update(before, metadata)) return std::move(*refusal);
  auto read = read_metadata(parts.settings, metadata);
  if (auto* refusal = std::get_if<Refusal>(&read)) return std::move(*refusal);
  Client after = std::get<Client>(std::move(read));
  keep_identity(before, after);
  after.scopes = before.scopes;  // its ceiling is not its own to say
  return after;
}

// A client that now needs a secret and never had one.
Result<Secret> add_secret(const Parts& parts, const Client& client) {
  if (!needs_secret(client.auth_method) || !client.secret_hashes.empty()) return Secret{};
  Secret secret = make_client_secret(parts.random);
  TRY(parts.clients.add_secret(client.id, hash_token(secret.reveal()), parts.clock.now()));
  return secret;
}

}  // namespace

Response read_registration(const Parts& parts, const Request& http, const std::string& client_id) {
  auto outcome = authenticate(parts, http, client_id);
  if (auto* refusal = std::get_if<Response>(&outcome)) return std::move(*refusal);
  return make_document(200, make_client_information(parts.settings, std::get<Client>(outcome), {},
                                                    bearer_token_of(http)));
}

Response update_registration(const Parts& parts, const Request& http,
                             const std::string& client_id) {
  auto outcome = authenticate(parts, http, client_id);
  if (auto* refusal = std::get_if<Response>(&outcome)) return std::move(*refusal);
  const auto body = read_registration_body(http);
  if (const auto* refusal = std::get_if<Refusal>(&body)) return make_error_document(*refusal);
  auto merged = merge(parts, std::get<Client>(outcome), std::get<json::object>(body));
  if (const auto* refusal = std::get_if<Refusal>(&merged)) return make_error_document(*refusal);
  const Client& client = std::get<Client>(merged);
  const auto updated = parts.clients.update(client);
  // Two updates at once: whoever was later reads and tries again.
  if (!updated.ok() && updated.error().code == Code::kConflict) {
    return make_error_document(errors::temporarily_unavailable("changed meanwhile"));
  }
  if (!updated.ok()) return fail(parts, "registration.failed", updated.error());
  const auto secret = add_secret(parts, client);
  if (!secret.ok()) return fail(parts, "registration.failed", secret.error());
  parts.log.info("client.updated", {{"client", client.id.str()}});
  parts.audit.record(make_client_event(audit_types::kClientUpdated, http, client.id));
  return make_document(200, make_client_information(parts.settings, client, secret->reveal(),
                                                    bearer_token_of(http)));
}

Response remove_registration(const Parts& parts, const Request& http,
                             const std::string& client_id) {
  auto outcome = authenticate(parts, http, client_id);
  if (auto* refusal = std::get_if<Response>(&outcome)) return std::move(*refusal);
  const ClientId& id = std::get<Client>(outcome).id;
  const auto removed = parts.clients.remove(id);
  if (!removed.ok() && removed.error().code != Code::kNotFound) {
    return fail(parts, "registration.failed", removed.error());
  }
  parts.verifier.forget_client(id);
  parts.log.info("client.removed", {{"client", id.str()}});
  parts.audit.record(make_client_event(audit_types::kClientDeleted, http, id));
  Response response;
  response.status = 204;
  response.headers.add("Cache-Control", "no-store");
  return response;
}

}  // namespace mcph::oauth
