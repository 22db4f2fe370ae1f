// An OAuth client of ours. A value type.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/time.h"

namespace mcph::oauth {

enum class ClientKind {
  kAdmin,           // registered by an administrator
  kDynamic,         // registered itself (RFC 7591)
  kDocument,        // known by the metadata document behind its id, a URL
  kResourceServer,  // no client at all but an API that may ask about tokens (RFC 7662)
};
// token_endpoint_auth_method: no secret, HTTP Basic, in the body, a signed assertion (RFC 7523)
enum class AuthMethod { kNone, kBasic, kPost, kPrivateKeyJwt };

struct Client {
  ClientId id;
  ClientKind kind = ClientKind::kAdmin;
  bool disabled = false;
  std::string name;
  std::vector<std::string> redirect_uris;
  std::vector<std::string> grant_types;  // authorization_code, refresh_token
  AuthMethod auth_method = AuthMethod::kNone;
  std::string application_type = "web";    // web | native
  std::string client_uri;                  // shown on the consent page; empty when not given
  bool dpop_bound = false;                 // RFC 9449 §5.2: every token is bound to a key
  bool require_pushed_requests = false;    // RFC 9126 §6
  std::vector<std::string> scopes;         // ceiling; empty: what the server offers
  std::vector<std::string> secret_hashes;  // SHA-256, raw; every one of them is valid now
  std::string jwks;                        // its public keys, a JWK Set as JSON; empty: none
  std::string registration_token_hash;     // RFC 7592, SHA-256, raw; empty: cannot manage itself
  std::string registered_from;             // network of a dynamic registration; for the quota
  UnixTime created_at{};
  std::optional<UnixTime> expires_at;   // registrations that nobody uses
  std::optional<UnixTime> fresh_until;  // kDocument: when to fetch it anew
  std::int64_t version = 1;             // grows with every change; for If-Match
};

// `after` has new metadata of the same client: whatever metadata does not say stays as it was.
void keep_identity(const Client& before, Client& after);

const char* to_string(ClientKind kind) noexcept;
std::optional<ClientKind> parse_client_kind(std::string_view text);
const char* to_string(AuthMethod method) noexcept;  // as in RFC 7591 §2
std::optional<AuthMethod> parse_auth_method(std::string_view text);
// Whether a secret is made for such a client.
bool needs_secret(AuthMethod method) noexcept;

}  // namespace mcph::oauth
