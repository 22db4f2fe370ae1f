#include "oauth/client.h"

namespace mcph::oauth {

const char* to_string(ClientKind kind) noexcept {
  return kind == ClientKind::kAdmin ? "admin" : "dynamic";
}

const char* to_string(AuthMethod method) noexcept {
  switch (method) {
    case AuthMethod::kBasic:
      return "client_secret_basic";
    case AuthMethod::kPost:
      return "client_secret_post";
    case AuthMethod::kNone:
      break;
  }
  return "none";
}

std::optional<AuthMethod> parse_auth_method(std::string_view text) {
  for (const auto method : {AuthMethod::kNone, AuthMethod::kBasic, AuthMethod::kPost}) {
    if (text == to_string(method)) return method;
  }
  return std::nullopt;
}

}  // namespace mcph::oauth
