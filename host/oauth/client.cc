#include "oauth/client.h"

namespace mcph::oauth {

void keep_identity(const Client& before, Client& after) {
  after.id = before.id;
  after.kind = before.kind;
  after.disabled = before.disabled;
  after.secret_hashes = before.secret_hashes;
  after.registration_token_hash = before.registration_token_hash;
  after.registered_from = before.registered_from;
  after.created_at = before.created_at;
  after.expires_at = before.expires_at;
  after.fresh_until = before.fresh_until;
  after.version = before.version;
}

const char* to_string(ClientKind kind) noexcept {
  switch (kind) {
    case ClientKind::kDynamic:
      return "dynamic";
    case ClientKind::kDocument:
      return "document";
    case ClientKind::kResourceServer:
      return "resource_server";
    case ClientKind::kAdmin:
      break;
  }
  return "admin";
}

std::optional<ClientKind> parse_client_kind(std::string_view text) {
  for (const auto kind : {ClientKind::kAdmin, ClientKind::kDynamic, ClientKind::kDocument,
                          ClientKind::kResourceServer}) {
    if (text == to_string(kind)) return kind;
  }
  return std::nullopt;
}

const char* to_string(AuthMethod method) noexcept {
  switch (method) {
    case AuthMethod::kBasic:
      return "client_secret_basic";
    case AuthMethod::kPost:
      return "client_secret_post";
    case AuthMethod::kPrivateKeyJwt:
      return "private_key_jwt";
    case AuthMethod::kNone:
      break;
  }
  return "none";
}

std::optional<AuthMethod> parse_auth_method(std::string_view text) {
  for (const auto method :
       {AuthMethod::kNone, AuthMethod::kBasic, AuthMethod::kPost, AuthMethod::kPrivateKeyJwt}) {
    if (text == to_string(method)) return method;
  }
  return std::nullopt;
}

bool needs_secret(AuthMethod method) noexcept {
  return method == AuthMethod::kBasic || method == AuthMethod::kPost;
}

}  // namespace mcph::oauth
