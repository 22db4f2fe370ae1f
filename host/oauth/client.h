// An OAuth client of ours. A value type.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/time.h"

namespace mcph::oauth {

enum class ClientKind { kAdmin, kDynamic };  // registered by an administrator, or RFC 7591
enum class AuthMethod { kNone, kBasic, kPost };  // token_endpoint_auth_method

struct Client {
  ClientId id;
  ClientKind kind = ClientKind::kAdmin;
  bool disabled = false;
  std::string name;
  std::vector<std::string> redirect_uris;
  std::vector<std::string> grant_types;  // authorization_code, refresh_token
  AuthMethod auth_method = AuthMethod::kNone;
  std::string application_type = "web";  // web | native
  std::string client_uri;                // shown on the consent page; empty when not given
  std::vector<std::string> scopes;       // ceiling; empty: what the server offers
  std::vector<std::string> secret_hashes;  // SHA-256, raw; every one of them is valid now
  UnixTime created_at{};
  std::optional<UnixTime> expires_at;    // dynamic registrations that nobody uses
  std::int64_t version = 1;              // grows with every change; for If-Match
};

const char* to_string(ClientKind kind) noexcept;
const char* to_string(AuthMethod method) noexcept;  // as in RFC 7591 §2
std::optional<AuthMethod> parse_auth_method(std::string_view text);

}  // namespace mcph::oauth
