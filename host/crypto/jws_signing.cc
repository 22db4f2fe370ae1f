#include "crypto/jws_signing.h"

#include <openssl/bio.h>
#include <openssl/pem.h>

#include <utility>

#include "base/assert.h"
#include "base/encoding.h"
#include "crypto/hash.h"
#include "crypto/openssl_ptr.h"

namespace mcph::crypto {
namespace {

constexpr int kRsaBitsMin = 2048;  // RFC 7518 §3.3

Error invalid(const char* why) {
  return Error{Code::kInvalid, "the private key cannot be used", why};
}

std::string signing_input(json::object header, const char* algorithm, const json::object& claims) {
  header["alg"] = algorithm;
  return to_base64url(to_json(header)) + '.' + to_base64url(to_json(claims));
}

// Whoever starts a service has no terminal to type a passphrase into.
int refuse_passphrase(char*, int, int, void*) {
  return -1;
}

}  // namespace

struct JwsSigningKey::Key {
  PkeyPtr pkey;
};

JwsSigningKey::JwsSigningKey(std::shared_ptr<const Key> key) : key_(std::move(key)) {}
JwsSigningKey::~JwsSigningKey() = default;
JwsSigningKey::JwsSigningKey(const JwsSigningKey&) = default;
JwsSigningKey& JwsSigningKey::operator=(const JwsSigningKey&) = default;

Result<JwsSigningKey> JwsSigningKey::parse(const Secret& pem) {
  const ClearErrorQueue clear;
  const std::unique_ptr<BIO, Freer<BIO_free_all>> bio(
      BIO_new_mem_buf(pem.reveal().data(), static_cast<int>(pem.size())));
  if (!bio) return invalid("no memory");
  auto key = std::make_shared<Key>();
  key->pkey.reset(PEM_read_bio_PrivateKey(bio.get(), nullptr, refuse_passphrase, nullptr));
  if (!key->pkey) return invalid("not a private key in PEM, or encrypted");
  if (EVP_PKEY_get_base_id(key->pkey.get()) != EVP_PKEY_RSA) return invalid("not an RSA key");
  if (EVP_PKEY_get_bits(key->pkey.get()) < kRsaBitsMin) return invalid("shorter than 2048 bits");
  return JwsSigningKey(std::move(key));
}

std::string JwsSigningKey::sign(json::object header, const json::object& claims) const {
  const ClearErrorQueue clear;
  const std::string input = signing_input(std::move(header), "RS256", claims);
  const MdCtxPtr context(EVP_MD_CTX_new());
  ASSERT(context != nullptr);
  ASSERT(EVP_DigestSignInit(context.get(), nullptr, sha256_algorithm(), nullptr,
                            key_->pkey.get()) == 1);
  std::size_t length = 0;
  ASSERT(EVP_DigestSign(context.get(), nullptr, &length, bytes_of(input), input.size()) == 1);
  std::string signature(length, '\0');
  ASSERT(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &length,
                        bytes_of(input), input.size()) == 1);
  signature.resize(length);
  return input + '.' + to_base64url(signature);
}

std::string sign_jws_hs256(json::object header, const json::object& claims, const Secret& secret) {
  const std::string input = signing_input(std::move(header), "HS256", claims);
  return input + '.' + to_base64url(hmac_sha256(secret, input));
}

}  // namespace mcph::crypto
