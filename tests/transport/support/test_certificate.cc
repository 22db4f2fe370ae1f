#include "transport/support/test_certificate.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>

namespace mcph::http::test {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

Certificate sign_self(EVP_PKEY* key, const std::string& common_name) {
  Certificate certificate(X509_new(), X509_free);
  X509* x509 = certificate.get();
  X509_set_version(x509, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
  X509_gmtime_adj(X509_getm_notBefore(x509), 0);
  X509_gmtime_adj(X509_getm_notAfter(x509), 3600);
  X509_set_pubkey(x509, key);
  X509_NAME* name = X509_get_subject_name(x509);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(common_name.c_str()), -1, -1,
                             0);
  X509_set_issuer_name(x509, name);
  X509_sign(x509, key, EVP_sha256());
  return certificate;
}

}  // namespace

TestCertificate::TestCertificate(const std::string& common_name) {
  std::string pattern = (std::filesystem::temp_directory_path() / "mcph-tls-XXXXXX").string();
  if (!::mkdtemp(pattern.data())) std::abort();
  directory_ = pattern;
  replace(common_name);
}

TestCertificate::~TestCertificate() {
  std::filesystem::remove_all(directory_);
}

TlsFiles TestCertificate::files() const {
  return {directory_ + "/certificate.pem", directory_ + "/key.pem"};
}

void TestCertificate::replace(const std::string& common_name) {
  const Key key(EVP_EC_gen("P-256"), EVP_PKEY_free);
  const Certificate certificate = sign_self(key.get(), common_name);
  std::FILE* file = std::fopen(files().certificate_path.c_str(), "w");
  PEM_write_X509(file, certificate.get());
  std::fclose(file);
  file = std::fopen(files().key_path.c_str(), "w");
  PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  std::fclose(file);
}

}  // namespace mcph::http::test
