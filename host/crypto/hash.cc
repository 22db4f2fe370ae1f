#include "crypto/hash.h"

#include <openssl/crypto.h>
#include <openssl/hmac.h>

#include "base/assert.h"
#include "crypto/openssl_ptr.h"

namespace mcph::crypto {
namespace {

constexpr std::size_t kSha256Bytes = 32;

unsigned char* out_bytes(std::string& text) noexcept {
  return reinterpret_cast<unsigned char*>(text.data());
}

}  // namespace

const EVP_MD* sha256_algorithm() {
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  ASSERT(algorithm != nullptr);
  return algorithm;
}

std::string sha256(std::string_view bytes) {
  // Every request hashes its token: making a context costs more than the digest.
  thread_local const MdCtxPtr context(EVP_MD_CTX_new());
  std::string digest(kSha256Bytes, '\0');
  unsigned int written = 0;
  ASSERT(EVP_DigestInit_ex2(context.get(), sha256_algorithm(), nullptr) == 1);
  ASSERT(EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) == 1);
  ASSERT(EVP_DigestFinal_ex(context.get(), out_bytes(digest), &written) == 1);
  ASSERT(written == kSha256Bytes);
  return digest;
}

std::string hmac_sha256(const Secret& key, std::string_view bytes) {
  std::string mac(kSha256Bytes, '\0');
  unsigned int written = 0;
  ASSERT(HMAC(sha256_algorithm(), key.reveal().data(), static_cast<int>(key.size()),
              bytes_of(bytes), bytes.size(), out_bytes(mac), &written) != nullptr);
  ASSERT(written == kSha256Bytes);
  return mac;
}

Secret hkdf_sha256(const Secret& key, std::string_view info, std::size_t length) {
  ASSERT(length > 0 && length <= 255 * kSha256Bytes);  // RFC 5869 §2.3
  static EVP_KDF* const algorithm = EVP_KDF_fetch(nullptr, "HKDF", nullptr);
  const KdfCtxPtr context(EVP_KDF_CTX_new(algorithm));
  ASSERT(context != nullptr);
  char digest_name[] = "SHA256";
  // OpenSSL takes its inputs as pointers to non-const and only reads them.
  const auto octets = [](const char* name, std::string_view value) {
    return OSSL_PARAM_construct_octet_string(name, const_cast<char*>(value.data()), value.size());
  };
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest_name, 0),
      octets(OSSL_KDF_PARAM_KEY, key.reveal()),
      octets(OSSL_KDF_PARAM_INFO, info),
      OSSL_PARAM_construct_end(),
  };
  std::string derived(length, '\0');
  ASSERT(EVP_KDF_derive(context.get(), out_bytes(derived), length, parameters) == 1);
  return Secret(std::move(derived));
}

bool equal_constant_time(std::string_view a, std::string_view b) noexcept {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace mcph::crypto
