#include "oauth/registration/client_keys.h"

#include <algorithm>

#include "crypto/jws.h"

namespace mcph::oauth {
namespace {

constexpr std::size_t kKeysMax = 8;           // a rotation needs two
constexpr std::size_t kBytesMax = 16 * 1024;  // eight RSA keys of 4096 bits are 7 KB

Refusal refuse(std::string description) {
  return errors::invalid_client_metadata(std::move(description));
}

// RFC 7518 §6.2.2, §6.3.2, §6.4.1: `d` is private, `k` symmetric.
bool is_public(const json::value& key) {
  if (!key.is_object()) return false;
  const auto& members = key.get_object();
  return std::none_of(members.begin(), members.end(), [](const auto& member) {
    return member.key() == "d" || member.key() == "k" || member.key() == "p";
  });
}

}  // namespace

Verdict read_client_keys(const json::object& metadata, Client& client) {
  const auto* uri = find(metadata, "jwks_uri");
  if (uri != nullptr && !uri->is_null()) return refuse("jwks_uri is not supported, send jwks");
  const auto* value = find(metadata, "jwks");
  if (value == nullptr || value->is_null()) {
    if (client.auth_method != AuthMethod::kPrivateKeyJwt) return std::nullopt;
    return refuse("private_key_jwt needs jwks");
  }
  const auto* keys = value->is_object() ? find_array(value->get_object(), "keys") : nullptr;
  if (keys == nullptr || keys->empty() || keys->size() > kKeysMax) {
    return refuse("jwks must be a JWK Set of 1 to 8 keys");
  }
  if (!std::all_of(keys->begin(), keys->end(), is_public)) {
    return refuse("jwks must have public keys only");
  }
  std::string text = to_json(*value);
  if (text.size() > kBytesMax) return refuse("jwks is too large");
  const auto parsed = crypto::JwkSet::parse(text);
  if (!parsed.ok() || parsed->size() == 0) return refuse("jwks has no key that can be used");
  client.jwks = std::move(text);
  return std::nullopt;
}

}  // namespace mcph::oauth
