// TLS on a non-blocking socket. The only file of the transport that knows OpenSSL.
//
// TlsContext is thread-safe: workers make sessions while another thread reloads the certificate.
// A TlsSession belongs to its connection's worker.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <span>
#include <string_view>

#include "base/result.h"
#include "http/transport/io_result.h"
#include "http/transport/options.h"

struct ssl_ctx_st;
struct ssl_st;

namespace mcph::http {

class TlsSession {
 public:
  explicit TlsSession(ssl_st* ssl) noexcept : ssl_(ssl) {}
  ~TlsSession();
  TlsSession(const TlsSession&) = delete;
  TlsSession& operator=(const TlsSession&) = delete;

  // kDone: established. kBlocked: see wants_write().
  IoStatus handshake();
  bool wants_write() const noexcept { return wants_write_; }

  IoResult read(std::span<char> into);
  IoResult write(std::string_view bytes);
  // Decrypted or received bytes wait inside: the socket will not report them again.
  bool has_buffered() const noexcept;
  void send_close_notify() noexcept;

 private:
  IoStatus to_status(int returned) noexcept;

  ssl_st* const ssl_;
  bool wants_write_ = false;
};

class TlsContext {
 public:
  static Result<std::unique_ptr<TlsContext>> create(TlsFiles files);

  Result<> reload();
  // Null when OpenSSL has no memory. The socket stays the caller's.
  std::unique_ptr<TlsSession> make_session(int fd) const;

 private:
  explicit TlsContext(TlsFiles files) : files_(std::move(files)) {}

  const TlsFiles files_;
  mutable std::mutex mutex_;
  std::shared_ptr<ssl_ctx_st> context_;
};

}  // namespace mcph::http
