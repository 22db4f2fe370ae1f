#include "http/transport/channel.h"

#include <sys/socket.h>

#include <cerrno>

namespace mcph::http {
namespace {

bool is_temporary(int error) noexcept {
  return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

}  // namespace

IoResult Channel::read(std::span<char> into) {
  if (tls_) return tls_->read(into);
  const ssize_t n = ::recv(socket_.get(), into.data(), into.size(), 0);
  if (n > 0) return {IoStatus::kDone, static_cast<std::size_t>(n)};
  if (n == 0) return {IoStatus::kEnd};
  return {is_temporary(errno) ? IoStatus::kBlocked : IoStatus::kFailed};
}

IoResult Channel::write(std::string_view bytes) {
  if (tls_) return tls_->write(bytes);
  const ssize_t n = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
  if (n >= 0) return {IoStatus::kDone, static_cast<std::size_t>(n)};
  return {is_temporary(errno) ? IoStatus::kBlocked : IoStatus::kFailed};
}

void Channel::end_output() noexcept {
  if (tls_) tls_->send_close_notify();
  ::shutdown(socket_.get(), SHUT_WR);
}

void Channel::close() noexcept {
  tls_.reset();
  socket_.reset();
}

}  // namespace mcph::http
