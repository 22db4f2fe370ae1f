#include "oauth/token/endpoint.h"

#include "oauth/form_body.h"
#include "oauth/responses.h"
#include "oauth/revocation/endpoint.h"
#include "oauth/token/steps.h"

namespace mcph::oauth {
namespace {

bool is_revocation(const Request& http) {
  const auto parsed = parse_form_body(http);
  const auto* parameters = std::get_if<Parameters>(&parsed);
  return parameters != nullptr && !parameters->find("grant_type") && parameters->find("token");
}

// Keeps a client that nobody set up by hand alive while it is used.
void touch(const Parts& parts, const Client& client) {
  const UnixTime now = parts.clock.now();
  std::optional<UnixTime> expires_at;
  const bool by_itself =
      client.kind == ClientKind::kDynamic || client.kind == ClientKind::kDocument;
  if (by_itself) expires_at = now + parts.settings.idle_client_lifetime;
  const auto touched = parts.clients.touch(client.id, now, expires_at);
  if (!touched.ok()) parts.log.failure(LogLevel::kWarn, "client.touch_failed", touched.error());
}

}  // namespace

Response exchange_token(const Parts& parts, const Request& http) {
  if (is_revocation(http)) return revoke_token(parts, http);
  TokenExchange exchange{parts, http};
  if (const auto refusal = run_token_steps(exchange)) return make_error_document(*refusal);
  touch(parts, exchange.client);
  Response response = make_json_response(200, std::move(exchange.answer));
  response.headers.add("Cache-Control", "no-store");  // RFC 6749 §5.1
  // RFC 9449 §8.2: the next proof needs no round trip more.
  if (!exchange.dpop_jkt.empty()) response.headers.add("DPoP-Nonce", parts.dpop.make_nonce());
  return response;
}

}  // namespace mcph::oauth
