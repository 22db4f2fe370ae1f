#include "http/transport/tls.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>

namespace mcph::http {
namespace {

// One TLS record: more in one call would only be split again.
constexpr std::size_t kWriteBytesMax = 16 * 1024;

std::string openssl_reason() {
  char text[256] = "unknown";
  if (const unsigned long code = ERR_get_error()) ERR_error_string_n(code, text, sizeof text);
  ERR_clear_error();
  return text;
}

// ---- A socket BIO that writes with MSG_NOSIGNAL ----------------------------------------------
// OpenSSL's own uses write(2): a client that resets would raise SIGPIPE and end the process unless
// every program around this library remembered to ignore it.

int fd_of(BIO* bio) {
  return static_cast<int>(reinterpret_cast<std::intptr_t>(BIO_get_data(bio)));
}

int bio_write(BIO* bio, const char* bytes, int count) {
  BIO_clear_retry_flags(bio);
  const ssize_t n = ::send(fd_of(bio), bytes, static_cast<std::size_t>(count), MSG_NOSIGNAL);
  if (n < 0 && (errno == EAGAIN || errno == EINTR)) BIO_set_retry_write(bio);
  return static_cast<int>(n);
}

int bio_read(BIO* bio, char* into, int count) {
  BIO_clear_retry_flags(bio);
  const ssize_t n = ::recv(fd_of(bio), into, static_cast<std::size_t>(count), 0);
  if (n < 0 && (errno == EAGAIN || errno == EINTR)) BIO_set_retry_read(bio);
  return static_cast<int>(n);
}

long bio_control(BIO*, int command, long, void*) {
  return command == BIO_CTRL_FLUSH ? 1 : 0;
}

const BIO_METHOD* socket_method() {
  static BIO_METHOD* const method = [] {
    BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket");
    BIO_meth_set_write(made, bio_write);
    BIO_meth_set_read(made, bio_read);
    BIO_meth_set_ctrl(made, bio_control);
    return made;
  }();
  return method;
}

// RFC 7301 §3.2: a client that offers protocols, but not ours, is refused.
int select_http_1_1(SSL*, const unsigned char** out, unsigned char* out_length,
                    const unsigned char* offered, unsigned offered_length, void*) {
  static constexpr unsigned char kOurs[] = "\x08http/1.1";
  unsigned char* chosen = nullptr;
  const int found =
      SSL_select_next_proto(&chosen, out_length, kOurs, sizeof kOurs - 1, offered, offered_length);
  *out = chosen;
  return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

Result<std::shared_ptr<SSL_CTX>> make_context(const TlsFiles& files) {
  ERR_clear_error();
  std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  const auto failed = [](std::string message) {
    return Error{Code::kInvalid, std::move(message), openssl_reason()};
  };
  if (!context) return failed("TLS cannot be set up");
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);  // RFC 8996
  SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                         SSL_OP_CIPHER_SERVER_PREFERENCE |
                                         SSL_OP_IGNORE_UNEXPECTED_EOF);
  // A thousand idle connections need no 34 KB each; a retried write may come from another address.
  SSL_CTX_set_mode(context.get(), SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                      SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);  // tickets carry the state
  SSL_CTX_set_alpn_select_cb(context.get(), select_http_1_1, nullptr);
  if (SSL_CTX_use_certificate_chain_file(context.get(), files.certificate_path.c_str()) != 1) {
    return failed("the certificate cannot be read: " + files.certificate_path);
  }
  if (SSL_CTX_use_PrivateKey_file(context.get(), files.key_path.c_str(), SSL_FILETYPE_PEM) != 1) {
    return failed("the key cannot be read: " + files.key_path);
  }
  if (SSL_CTX_check_private_key(context.get()) != 1) {
    return failed("the key does not belong to the certificate: " + files.key_path);
  }
  return context;
}

}  // namespace

// ---- TlsContext ------------------------------------------------------------------------------

Result<std::unique_ptr<TlsContext>> TlsContext::create(TlsFiles files) {
  std::unique_ptr<TlsContext> made(new TlsContext(std::move(files)));
  TRY(made->reload());
  return made;
}

Result<> TlsContext::reload() {
  std::shared_ptr<SSL_CTX> fresh = TRY(make_context(files_));
  const std::lock_guard lock(mutex_);
  context_ = std::move(fresh);
  return Ok{};
}

std::unique_ptr<TlsSession> TlsContext::make_session(int fd) const {
  SSL* ssl = nullptr;
  {
    const std::lock_guard lock(mutex_);
    ssl = SSL_new(context_.get());  // keeps its own reference to the context
  }
  BIO* bio = ssl ? BIO_new(socket_method()) : nullptr;
  if (!bio) {
    SSL_free(ssl);
    return nullptr;
  }
  BIO_set_data(bio, reinterpret_cast<void*>(static_cast<std::intptr_t>(fd)));
  BIO_set_init(bio, 1);
  SSL_set_bio(ssl, bio, bio);
  SSL_set_accept_state(ssl);
  return std::make_unique<TlsSession>(ssl);
}

// ---- TlsSession ------------------------------------------------------------------------------

TlsSession::~TlsSession() {
  SSL_free(ssl_);
}

IoStatus TlsSession::to_status(int returned) noexcept {
  switch (SSL_get_error(ssl_, returned)) {
    case SSL_ERROR_WANT_READ:
      return IoStatus::kBlocked;
    case SSL_ERROR_WANT_WRITE:
      wants_write_ = true;
      return IoStatus::kBlocked;
    case SSL_ERROR_ZERO_RETURN:
      return IoStatus::kEnd;
    default:
      return IoStatus::kFailed;
  }
}

// ERR_clear_error before each call: SSL_get_error looks at the thread's queue, and another
// connection's old error there would be taken for this one's.
IoStatus TlsSession::handshake() {
  ERR_clear_error();
  wants_write_ = false;
  const int returned = SSL_do_handshake(ssl_);
  return returned == 1 ? IoStatus::kDone : to_status(returned);
}

IoResult TlsSession::read(std::span<char> into) {
  std::size_t total = 0;
  while (total < into.size()) {
    ERR_clear_error();
    std::size_t n = 0;
    const int returned = SSL_read_ex(ssl_, into.data() + total, into.size() - total, &n);
    if (returned != 1) {
      // What came before is delivered first; the next read meets the same end or error.
      if (total > 0) break;
      return {to_status(returned)};
    }
    total += n;
  }
  return {IoStatus::kDone, total};
}

IoResult TlsSession::write(std::string_view bytes) {
  ERR_clear_error();
  std::size_t n = 0;
  const int returned = SSL_write_ex(ssl_, bytes.data(), std::min(bytes.size(), kWriteBytesMax), &n);
  return returned == 1 ? IoResult{IoStatus::kDone, n} : IoResult{to_status(returned)};
}

bool TlsSession::has_buffered() const noexcept {
  return SSL_has_pending(ssl_) == 1;
}

void TlsSession::send_close_notify() noexcept {
  ERR_clear_error();
  SSL_shutdown(ssl_);
  ERR_clear_error();
}

}  // namespace mcph::http
