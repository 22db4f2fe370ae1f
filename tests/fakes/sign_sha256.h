// A signature over SHA-256 as OpenSSL gives it: of RSA keys the bytes of the JWS, of EC keys DER.
#pragma once

#include <openssl/evp.h>

#include <string>
#include <string_view>

#include "base/assert.h"

namespace mcph::fakes {

inline std::string sign_sha256(EVP_PKEY* key, std::string_view input) {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  std::size_t size = 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(input.data());
  ASSERT(EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, key) == 1);
  ASSERT(EVP_DigestSign(context, nullptr, &size, bytes, input.size()) == 1);
  std::string signature(size, '\0');
  ASSERT(EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &size, bytes,
                        input.size()) == 1);
  EVP_MD_CTX_free(context);
  signature.resize(size);
  return signature;
}

}  // namespace mcph::fakes
