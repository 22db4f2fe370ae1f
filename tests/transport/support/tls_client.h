// A TLS client with every knob the attacks need. Blocking.
#pragma once

#include <openssl/ssl.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "transport/support/raw_client.h"

namespace mcph::http::test {

class TlsClient {
 public:
  struct Options {
    int version_max = 0;            // TLS1_1_VERSION and so on; 0: the newest
    std::string alpn = "http/1.1";  // one protocol; empty: none offered
  };
  explicit TlsClient(std::uint16_t port) : TlsClient(port, Options{}) {}
  TlsClient(std::uint16_t port, const Options& options);

  bool established() const { return established_; }
  std::string protocol_version() const { return SSL_get_version(ssl_.get()); }
  std::string alpn() const;
  std::string peer_common_name() const;

  bool send(std::string_view bytes);
  // Until so many bytes have come, or the end.
  std::string read(std::size_t bytes);
  // Until `text` has come, or the end.
  std::string read_until(std::string_view text);
  // The peer ended the TLS session in order.
  bool sees_close_notify();

 private:
  RawClient socket_;
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
  std::unique_ptr<SSL, decltype(&SSL_free)> ssl_;
  bool established_ = false;
};

}  // namespace mcph::http::test
