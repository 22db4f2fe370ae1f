#include "crypto/aead.h"

#include "base/assert.h"
#include "crypto/openssl_ptr.h"

namespace mcph::crypto {
namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kNonceBytes = 12;  // SP 800-38D §8.2.2: random, 96 bits
constexpr std::size_t kTagBytes = 16;

const EVP_CIPHER* aes_256_gcm() {
  static const EVP_CIPHER* const algorithm = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
  ASSERT(algorithm != nullptr);
  return algorithm;
}

unsigned char* at(std::string& text, std::size_t offset) noexcept {
  return reinterpret_cast<unsigned char*>(text.data()) + offset;
}

}  // namespace

std::string aead_seal(const Secret& key, std::string_view plaintext, std::string_view aad,
                      Random& random) {
  ASSERT(key.size() == kKeyBytes);
  std::string sealed = random.bytes(kNonceBytes);
  ASSERT(sealed.size() == kNonceBytes);
  sealed.resize(kNonceBytes + plaintext.size() + kTagBytes);
  const CipherCtxPtr context(EVP_CIPHER_CTX_new());
  ASSERT(context != nullptr);
  EVP_CIPHER_CTX* c = context.get();
  int written = 0;
  ASSERT(EVP_EncryptInit_ex2(c, aes_256_gcm(), bytes_of(key.reveal()), at(sealed, 0), nullptr) ==
         1);
  ASSERT(EVP_EncryptUpdate(c, nullptr, &written, bytes_of(aad), static_cast<int>(aad.size())) == 1);
  ASSERT(EVP_EncryptUpdate(c, at(sealed, kNonceBytes), &written, bytes_of(plaintext),
                           static_cast<int>(plaintext.size())) == 1);
  const std::size_t tag_at = kNonceBytes + plaintext.size();
  ASSERT(EVP_EncryptFinal_ex(c, at(sealed, tag_at), &written) == 1);
  ASSERT(EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_GET_TAG, kTagBytes, at(sealed, tag_at)) == 1);
  return sealed;
}

std::optional<Secret> aead_open(const Secret& key, std::string_view sealed, std::string_view aad) {
  ASSERT(key.size() == kKeyBytes);
  if (sealed.size() < kNonceBytes + kTagBytes) return std::nullopt;
  const std::string_view ciphertext =
      sealed.substr(kNonceBytes, sealed.size() - kNonceBytes - kTagBytes);
  std::string tag(sealed.substr(sealed.size() - kTagBytes));
  const CipherCtxPtr context(EVP_CIPHER_CTX_new());
  ASSERT(context != nullptr);
  EVP_CIPHER_CTX* c = context.get();
  // One byte more than needed: OpenSSL wants a place to write to even for an empty plaintext.
  std::string plaintext(ciphertext.size() + 1, '\0');
  int written = 0;
  ASSERT(EVP_DecryptInit_ex2(c, aes_256_gcm(), bytes_of(key.reveal()), bytes_of(sealed), nullptr) ==
         1);
  ASSERT(EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_SET_TAG, kTagBytes, tag.data()) == 1);
  ASSERT(EVP_DecryptUpdate(c, nullptr, &written, bytes_of(aad), static_cast<int>(aad.size())) == 1);
  ASSERT(EVP_DecryptUpdate(c, at(plaintext, 0), &written, bytes_of(ciphertext),
                           static_cast<int>(ciphertext.size())) == 1);
  const ClearErrorQueue clear;
  if (EVP_DecryptFinal_ex(c, at(plaintext, ciphertext.size()), &written) != 1) {
    wipe(plaintext);  // what an unauthentic ciphertext decrypts to must not be seen either
    return std::nullopt;
  }
  plaintext.resize(ciphertext.size());
  return Secret(std::move(plaintext));
}

}  // namespace mcph::crypto
