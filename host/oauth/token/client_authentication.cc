#include "oauth/token/client_authentication.h"

#include <optional>

#include "crypto/hash.h"
#include "oauth/audit_event.h"
#include "oauth/find_client.h"
#include "oauth/lockout/lockout.h"
#include "oauth/network.h"
#include "oauth/token/basic_credentials.h"
#include "oauth/token/client_assertion.h"

namespace mcph::oauth {
namespace {

struct Credentials {
  ClientId id;
  AuthMethod method = AuthMethod::kNone;
  Secret secret;
  std::string assertion;  // a JWT; kPrivateKeyJwt
};

std::variant<Credentials, Refusal> read_assertion(const Request& http,
                                                  const Parameters& parameters) {
  if (http.headers.find("authorization") || parameters.find("client_secret")) {
    return errors::invalid_request("more than one way of client authentication");
  }
  auto read = read_client_assertion(parameters);
  if (auto* refusal = std::get_if<Refusal>(&read)) return std::move(*refusal);
  auto& assertion = std::get<ClientAssertion>(read);
  // RFC 7521 §4.2: client_id may be there, and must then be the same.
  const auto body_id = parameters.find("client_id");
  if (body_id && *body_id != assertion.claimed.str()) {
    return errors::invalid_request("client_id differs from the assertion");
  }
  return Credentials{
      assertion.claimed, AuthMethod::kPrivateKeyJwt, {}, std::move(assertion.compact)};
}

std::variant<Credentials, Refusal> read_credentials(const Request& http,
                                                    const Parameters& parameters) {
  if (has_client_assertion(parameters)) return read_assertion(http, parameters);
  const auto body_id = parameters.find("client_id");
  const auto body_secret = parameters.find("client_secret");
  const auto header = http.headers.find("authorization");
  if (header) {
    // RFC 6749 §2.3: never more than one method in a request.
    if (body_secret || http.headers.count("authorization") > 1) {
      return errors::invalid_request("more than one way of client authentication");
    }
    auto basic = parse_basic(*header);
    if (!basic) return errors::invalid_client("the Authorization header is not valid Basic");
    if (body_id && *body_id != basic->id.str()) {
      return errors::invalid_request("client_id differs from the Authorization header");
    }
    return Credentials{std::move(basic->id), AuthMethod::kBasic, std::move(basic->secret), {}};
  }
  if (!body_id) return errors::invalid_client("client authentication is missing");
  const ClientId id{std::string(*body_id)};
  if (!body_secret) return Credentials{id, AuthMethod::kNone, {}, {}};
  return Credentials{id, AuthMethod::kPost, Secret(*body_secret), {}};
}

// The work is the same whether the client exists or not, and whichever secret fits.
bool has_secret(const std::optional<Client>& client, const Secret& secret) {
  static const std::vector<std::string> kNobodys{std::string(32, '\0')};
  const std::string hash = crypto::sha256(secret.reveal());
  bool found = false;
  for (const auto& known : client ? client->secret_hashes : kNobodys) {
    found |= crypto::equal_constant_time(known, hash);
  }
  return found && client.has_value();
}

Result<> check_proof(const Parts& parts, const std::optional<Client>& client,
                     const Credentials& credentials) {
  const bool known = has_secret(client, credentials.secret);
  if (!client && credentials.method == AuthMethod::kPrivateKeyJwt) {
    return check_nobodys_assertion(credentials.assertion);
  }
  if (!client) return Error{Code::kUnauthorized, "no such client", {}};
  if (client->auth_method != credentials.method) {
    return Error{Code::kUnauthorized, "not the method it registered", {}};
  }
  if (client->auth_method == AuthMethod::kPrivateKeyJwt) {
    return check_client_assertion(parts, *client, credentials.assertion);
  }
  if (client->auth_method == AuthMethod::kNone || known) return Ok{};
  return Error{Code::kUnauthorized, "not its secret", {}};
}

// Threat 26. What others do in the name of a public client must not count against it.
Verdict check_budget(const Parts& parts, const Client& client, const Request& http) {
  if (client.auth_method != AuthMethod::kNone) {
    return parts.budgets.take(Budget::kClient, client.id.str());
  }
  return parts.budgets.take(Budget::kPublicClient, client.id.str() + ' ' + network_of(http.peer));
}

std::variant<Client, Refusal> check_client(const Parts& parts, const Request& http,
                                           const Credentials& credentials, Attempt& attempt) {
  auto found = find_live_client(parts, credentials.id, http.peer);
  if (!found.ok()) return errors::from(std::move(found).error());
  auto client = std::move(found).value();
  const auto proven = check_proof(parts, client, credentials);
  if (proven.ok()) {
    attempt.note_success();
    return std::move(*client);
  }
  if (proven.error().code != Code::kUnauthorized) return errors::from(proven.error());
  if (credentials.method != AuthMethod::kNone) attempt.note_failure();
  parts.log.info("client.refused", {{"method", to_string(credentials.method)},
                                    {"known", client.has_value()},
                                    {"why", proven.error().message}});
  AuditEvent event =
      make_client_event(audit_types::kClientAuthentication, http, client ? client->id : ClientId{});
  event.actor = AuditActor::kStranger;
  event.outcome = AuditOutcome::kRefused;
  event.details = {{"method", std::string(to_string(credentials.method))},
                   {"why", proven.error().message}};
  parts.audit.note(std::move(event));
  // One answer for all reasons: nobody learns which clients exist, or which half was wrong.
  return errors::invalid_client("client authentication failed");
}

}  // namespace

std::variant<Client, Refusal> authenticate_client(const Parts& parts, const Request& http,
                                                  const Parameters& parameters) {
  auto read = read_credentials(http, parameters);
  if (auto* refusal = std::get_if<Refusal>(&read)) return std::move(*refusal);
  const auto& credentials = std::get<Credentials>(read);
  Attempt attempt(parts, credentials.id, http);
  // Without a credential there is nothing to guess.
  if (credentials.method != AuthMethod::kNone) {
    if (auto refusal = attempt.check_locked()) return std::move(*refusal);
  }
  auto outcome = check_client(parts, http, credentials, attempt);
  if (const auto* client = std::get_if<Client>(&outcome)) {
    if (auto refusal = check_budget(parts, *client, http)) return std::move(*refusal);
  }
  return outcome;
}

}  // namespace mcph::oauth
