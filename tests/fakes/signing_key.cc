#include "fakes/signing_key.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <utility>

#include "base/assert.h"
#include "base/encoding.h"
#include "fakes/sign_sha256.h"

namespace mcph::fakes {
namespace {

std::string number(EVP_PKEY* key, const char* name) {
  BIGNUM* value = nullptr;
  ASSERT(EVP_PKEY_get_bn_param(key, name, &value) == 1);
  std::string bytes(static_cast<std::size_t>(BN_num_bytes(value)), '\0');
  BN_bn2bin(value, reinterpret_cast<unsigned char*>(bytes.data()));
  BN_free(value);
  return to_base64url(bytes);
}

}  // namespace

struct SigningKey::Key {
  EVP_PKEY* pkey = EVP_RSA_gen(2048);
  ~Key() { EVP_PKEY_free(pkey); }
};

SigningKey::SigningKey(std::string kid) : kid_(std::move(kid)), key_(std::make_unique<Key>()) {
  ASSERT(key_->pkey != nullptr);
}

SigningKey::~SigningKey() = default;

std::string SigningKey::jwk() const {
  json::object jwk{{"kty", "RSA"}, {"use", "sig"}, {"alg", "RS256"}, {"kid", kid_}};
  jwk["n"] = number(key_->pkey, OSSL_PKEY_PARAM_RSA_N);
  jwk["e"] = number(key_->pkey, OSSL_PKEY_PARAM_RSA_E);
  return to_json(jwk);
}

Secret SigningKey::pem() const {
  BIO* bio = BIO_new(BIO_s_mem());
  ASSERT(PEM_write_bio_PKCS8PrivateKey(bio, key_->pkey, nullptr, nullptr, 0, nullptr, nullptr) ==
         1);
  char* text = nullptr;
  const long length = BIO_get_mem_data(bio, &text);
  Secret pem(std::string(text, static_cast<std::size_t>(length)));
  BIO_free_all(bio);
  return pem;
}

std::string SigningKey::sign(const json::object& claims) const {
  return sign(json::object{{"alg", "RS256"}, {"kid", kid_}}, claims);
}

std::string SigningKey::sign(const json::object& header, const json::object& claims) const {
  const std::string input = to_base64url(to_json(header)) + '.' + to_base64url(to_json(claims));
  return input + '.' + to_base64url(sign_sha256(key_->pkey, input));
}

}  // namespace mcph::fakes
