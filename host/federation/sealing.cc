#include "federation/sealing.h"

#include <string>
#include <utility>

#include "base/json.h"
#include "crypto/aead.h"
#include "federation/wiping_resource.h"

namespace mcph::federation {
namespace {

constexpr std::size_t kDataKeyBytes = 32;  // AES-256
constexpr std::string_view kPurpose = "upstream-dek";

std::string key_aad(const GrantId& grant) {
  return "upstream_credential|key|" + grant.str();
}
std::string token_aad(const GrantId& grant) {
  return "upstream_credential|tokens|" + grant.str();
}

Error unreadable(const char* why) {
  return Error{Code::kInternal, "the stored sign-in cannot be read", why};
}

json::string text_of(const Secret& secret, const json::storage_ptr& memory) {
  return json::string(boost::core::string_view(secret.reveal().data(), secret.size()), memory);
}

Secret to_text(const Credential& credential) {
  WipingResource memory;
  const json::storage_ptr storage(&memory);
  json::object object(storage);
  object["access_token"] = text_of(credential.access_token, storage);
  object["refresh_token"] = text_of(credential.refresh_token, storage);
  object["scope"] = credential.scope;
  object["claims"] = credential.claims_json;
  object["expires_at"] = to_unix(credential.expires_at);
  object["lifetime"] = credential.lifetime.count();
  object["refreshed_at"] = to_unix(credential.refreshed_at);
  std::string text = json::serialize(object);
  Secret secret{std::string_view(text)};
  wipe(text);
  return secret;
}

Result<Credential> from_text(const Secret& text) {
  WipingResource memory;
  const auto parsed = parse_json(text.reveal(), 2, &memory);
  const json::object* object = parsed.ok() ? parsed->if_object() : nullptr;
  if (object == nullptr) return unreadable("not the JSON it was");
  const auto access = find_string(*object, "access_token");
  const auto refresh = find_string(*object, "refresh_token");
  const auto scope = find_string(*object, "scope");
  const auto claims = find_string(*object, "claims");
  const auto expires = find_int(*object, "expires_at");
  const auto lifetime = find_int(*object, "lifetime");
  const auto refreshed = find_int(*object, "refreshed_at");
  if (!access || !refresh || !scope || !claims || !expires || !lifetime || !refreshed) {
    return unreadable("a member is missing");
  }
  return Credential{Secret(*access),      Secret(*refresh),    std::string(*scope),
                    std::string(*claims), from_unix(*expires), Seconds{*lifetime},
                    from_unix(*refreshed)};
}

}  // namespace

GrantId bind_to_api(const GrantId& grant, const std::string& api) {
  return GrantId(grant.str() + '|' + api);
}

oauth::SealedCredential CredentialSealer::seal(const GrantId& grant,
                                               const Credential& credential) const {
  const auto kek = ring_.derive_active(kPurpose);
  const Secret data_key(random_.bytes(kDataKeyBytes));
  oauth::SealedCredential sealed;
  sealed.kek_id = kek.id;
  sealed.wrapped_key = crypto::aead_seal(kek.key, data_key.reveal(), key_aad(grant), random_);
  sealed.sealed =
      crypto::aead_seal(data_key, to_text(credential).reveal(), token_aad(grant), random_);
  sealed.access_expires_at = credential.expires_at;
  sealed.has_refresh_token = !credential.refresh_token.empty();
  return sealed;
}

Result<WrappedDataKey> CredentialSealer::rewrap(const GrantId& grant,
                                                const WrappedDataKey& wrapped) const {
  const auto kek = ring_.derive(wrapped.kek_id, kPurpose);
  if (!kek) return unreadable("its key is not in the ring");
  const auto data_key = crypto::aead_open(*kek, wrapped.bytes, key_aad(grant));
  if (!data_key) return unreadable("the data key does not open");
  const auto active = ring_.derive_active(kPurpose);
  return WrappedDataKey{active.id,
                        crypto::aead_seal(active.key, data_key->reveal(), key_aad(grant), random_)};
}

Result<Credential> CredentialSealer::open(const GrantId& grant,
                                          const oauth::SealedCredential& sealed) const {
  const auto kek = ring_.derive(sealed.kek_id, kPurpose);
  if (!kek) return unreadable("its key is not in the ring");
  const auto data_key = crypto::aead_open(*kek, sealed.wrapped_key, key_aad(grant));
  if (!data_key) return unreadable("the data key does not open");
  const auto text = crypto::aead_open(*data_key, sealed.sealed, token_aad(grant));
  if (!text) return unreadable("the tokens do not open");
  return from_text(*text);
}

}  // namespace mcph::federation
