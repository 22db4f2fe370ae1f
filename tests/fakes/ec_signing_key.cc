#include "fakes/ec_signing_key.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>

#include "base/assert.h"
#include "base/encoding.h"
#include "fakes/sign_sha256.h"

namespace mcph::fakes {
namespace {

std::string to_bytes(const BIGNUM* value) {
  std::string bytes(32, '\0');
  ASSERT(BN_bn2binpad(value, reinterpret_cast<unsigned char*>(bytes.data()), 32) == 32);
  return bytes;
}

std::string coordinate(EVP_PKEY* key, const char* name) {
  BIGNUM* value = nullptr;
  ASSERT(EVP_PKEY_get_bn_param(key, name, &value) == 1);
  std::string bytes = to_bytes(value);
  BN_free(value);
  return to_base64url(bytes);
}

}  // namespace

struct EcSigningKey::Key {
  EVP_PKEY* pkey = EVP_EC_gen("P-256");
  ~Key() { EVP_PKEY_free(pkey); }
};

EcSigningKey::EcSigningKey() : key_(std::make_unique<Key>()) {
  ASSERT(key_->pkey != nullptr);
}

EcSigningKey::~EcSigningKey() = default;

json::object EcSigningKey::jwk() const {
  json::object jwk{{"kty", "EC"}, {"crv", "P-256"}};
  jwk["x"] = coordinate(key_->pkey, OSSL_PKEY_PARAM_EC_PUB_X);
  jwk["y"] = coordinate(key_->pkey, OSSL_PKEY_PARAM_EC_PUB_Y);
  return jwk;
}

std::string EcSigningKey::sign(const json::object& header, const json::object& claims) const {
  const std::string input = to_base64url(to_json(header)) + '.' + to_base64url(to_json(claims));
  const std::string der = sign_sha256(key_->pkey, input);
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  ECDSA_SIG* signature = d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size()));
  ASSERT(signature != nullptr);
  const std::string raw =
      to_bytes(ECDSA_SIG_get0_r(signature)) + to_bytes(ECDSA_SIG_get0_s(signature));
  ECDSA_SIG_free(signature);
  return input + '.' + to_base64url(raw);
}

}  // namespace mcph::fakes
