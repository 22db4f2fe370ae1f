#include "crypto/jwk.h"

#include <algorithm>
#include <optional>

#include "base/encoding.h"

namespace mcph::crypto {
namespace {

constexpr int kRsaBitsMin = 2048;  // RFC 7518 §3.3
constexpr int kRsaBitsMax = 8192;  // the cost of a verification grows with the square
constexpr std::size_t kRsaExponentBytesMax = 8;
constexpr std::size_t kP256Bytes = 32;
constexpr std::size_t kEd25519Bytes = 32;

std::optional<std::string> find_bytes(const json::object& jwk, std::string_view name) {
  const auto text = find_string(jwk, name);
  return text ? from_base64url(*text) : std::nullopt;
}

PkeyPtr make_pkey(const char* type, OSSL_PARAM_BLD* builder) {
  const ParamsPtr params(OSSL_PARAM_BLD_to_param(builder));
  const PkeyCtxPtr context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1) return nullptr;
  EVP_PKEY* pkey = nullptr;
  EVP_PKEY_fromdata(context.get(), &pkey, EVP_PKEY_PUBLIC_KEY, params.get());
  return PkeyPtr(pkey);
}

PkeyPtr make_rsa(const json::object& jwk) {  // RFC 7518 §6.3.1
  const auto n = find_bytes(jwk, "n");
  const auto e = find_bytes(jwk, "e");
  if (!n || !e || n->size() > kRsaBitsMax / 8 || e->size() > kRsaExponentBytesMax) return nullptr;
  const BignumPtr modulus(BN_bin2bn(bytes_of(*n), static_cast<int>(n->size()), nullptr));
  const BignumPtr exponent(BN_bin2bn(bytes_of(*e), static_cast<int>(e->size()), nullptr));
  // An even exponent, or 1, is no RSA key: with e = 1 everybody could sign.
  if (!modulus || !exponent || !BN_is_odd(exponent.get()) || BN_is_one(exponent.get())) {
    return nullptr;
  }
  const ParamBuilderPtr builder(OSSL_PARAM_BLD_new());
  if (!builder || !OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get()) ||
      !OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get())) {
    return nullptr;
  }
  PkeyPtr pkey = make_pkey("RSA", builder.get());
  if (pkey && EVP_PKEY_get_bits(pkey.get()) < kRsaBitsMin) return nullptr;
  return pkey;
}

PkeyPtr make_p256(const json::object& jwk) {  // RFC 7518 §6.2.1
  const auto x = find_bytes(jwk, "x");
  const auto y = find_bytes(jwk, "y");
  if (!x || !y || x->size() != kP256Bytes || y->size() != kP256Bytes) return nullptr;
  const std::string point = '\x04' + *x + *y;  // SEC 1 §2.3.3, uncompressed; checked to be on curve
  const ParamBuilderPtr builder(OSSL_PARAM_BLD_new());
  if (!builder ||
      !OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1",
                                       0) ||
      !OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                        point.size())) {
    return nullptr;
  }
  return make_pkey("EC", builder.get());
}

PkeyPtr make_ed25519(const json::object& jwk) {  // RFC 8037 §2
  const auto x = find_bytes(jwk, "x");
  if (!x || x->size() != kEd25519Bytes) return nullptr;
  return PkeyPtr(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes_of(*x), x->size()));
}

// RFC 7517 §4.2 and §4.3. A member of the wrong kind is as good as a refusal.
bool is_for_verification(const json::object& jwk) {
  if (find(jwk, "use") != nullptr && find_string(jwk, "use") != "sig") return false;
  if (find(jwk, "key_ops") == nullptr) return true;
  const json::array* operations = find_array(jwk, "key_ops");
  return operations != nullptr &&
         std::any_of(operations->begin(), operations->end(), [](const json::value& operation) {
           return operation.is_string() && operation.get_string() == "verify";
         });
}

struct Parsed {
  KeyType type;
  PkeyPtr pkey;
};

Parsed make_key(const json::object& jwk) {
  const auto kty = find_string(jwk, "kty");
  const auto crv = find_string(jwk, "crv");
  if (kty == "RSA") return {KeyType::kRsa, make_rsa(jwk)};
  if (kty == "EC" && crv == "P-256") return {KeyType::kP256, make_p256(jwk)};
  if (kty == "OKP" && crv == "Ed25519") return {KeyType::kEd25519, make_ed25519(jwk)};
  return {KeyType::kRsa, nullptr};
}

}  // namespace

JwkSet::JwkSet() = default;
JwkSet::~JwkSet() = default;
JwkSet::JwkSet(JwkSet&&) noexcept = default;
JwkSet& JwkSet::operator=(JwkSet&&) noexcept = default;

Result<JwkSet> JwkSet::parse(std::string_view jwks_json) {
  const json::value document = TRY(parse_json(jwks_json));
  const json::object* object = document.if_object();
  const json::array* keys = object != nullptr ? find_array(*object, "keys") : nullptr;
  if (keys == nullptr) return Error{Code::kInvalid, "not a JWK Set", {}};
  if (keys->size() > kJwkCountMax) return Error{Code::kLimit, "the JWK Set has too many keys", {}};
  const ClearErrorQueue clear;
  JwkSet set;
  for (const json::value& entry : *keys) {
    const json::object* jwk = entry.if_object();
    if (jwk == nullptr || !is_for_verification(*jwk)) continue;
    Parsed parsed = make_key(*jwk);
    if (parsed.pkey == nullptr) continue;
    auto key = std::make_unique<Key>();
    key->kid = std::string(find_string(*jwk, "kid").value_or(""));
    key->alg = std::string(find_string(*jwk, "alg").value_or(""));
    key->type = parsed.type;
    key->pkey = std::move(parsed.pkey);
    set.keys_.push_back(std::move(key));
  }
  return set;
}

bool JwkSet::has_key(std::string_view kid) const {
  return std::any_of(keys_.begin(), keys_.end(), [&](const auto& key) { return key->kid == kid; });
}

std::size_t JwkSet::size() const noexcept {
  return keys_.size();
}

}  // namespace mcph::crypto
