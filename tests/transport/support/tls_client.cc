#include "transport/support/tls_client.h"

#include <openssl/x509.h>

namespace mcph::http::test {

TlsClient::TlsClient(std::uint16_t port, const Options& options)
    : socket_(port),
      context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free),
      ssl_(nullptr, SSL_free) {
  SSL_CTX_set_min_proto_version(context_.get(), TLS1_VERSION);
  // Level 0 lets the client offer versions it would refuse itself.
  SSL_CTX_set_cipher_list(context_.get(), "DEFAULT:@SECLEVEL=0");
  SSL_CTX_set_max_proto_version(context_.get(), options.version_max);
  ssl_.reset(SSL_new(context_.get()));
  if (!options.alpn.empty()) {
    const std::string offered =
        static_cast<char>(options.alpn.size()) + options.alpn;  // length, then name
    SSL_set_alpn_protos(ssl_.get(), reinterpret_cast<const unsigned char*>(offered.data()),
                        static_cast<unsigned>(offered.size()));
  }
  SSL_set_fd(ssl_.get(), socket_.fd());
  established_ = SSL_connect(ssl_.get()) == 1;
}

std::string TlsClient::alpn() const {
  const unsigned char* name = nullptr;
  unsigned length = 0;
  SSL_get0_alpn_selected(ssl_.get(), &name, &length);
  return {reinterpret_cast<const char*>(name), length};
}

std::string TlsClient::peer_common_name() const {
  X509* certificate = SSL_get1_peer_certificate(ssl_.get());
  if (!certificate) return {};
  char name[256] = "";
  X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name, sizeof name);
  X509_free(certificate);
  return name;
}

bool TlsClient::send(std::string_view bytes) {
  return SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size())) ==
         static_cast<int>(bytes.size());
}

std::string TlsClient::read(std::size_t bytes) {
  std::string got;
  char buffer[16 * 1024];
  while (got.size() < bytes) {
    const int n = SSL_read(ssl_.get(), buffer, sizeof buffer);
    if (n <= 0) break;
    got.append(buffer, static_cast<std::size_t>(n));
  }
  return got;
}

std::string TlsClient::read_until(std::string_view text) {
  std::string got;
  while (got.find(text) == std::string::npos) {
    const std::string more = read(1);
    if (more.empty()) break;
    got += more;
  }
  return got;
}

bool TlsClient::sees_close_notify() {
  char byte;
  const int n = SSL_read(ssl_.get(), &byte, 1);
  return n <= 0 && SSL_get_error(ssl_.get(), n) == SSL_ERROR_ZERO_RETURN;
}

}  // namespace mcph::http::test
