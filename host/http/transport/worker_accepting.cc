// The part of Worker that lets clients in.
#include <fcntl.h>
#include <sys/socket.h>

#include <utility>

#include "http/transport/worker.h"

namespace mcph::http {
namespace {

// So that a crowd at the door does not keep those inside waiting.
constexpr int kAcceptedPerEvent = 64;

}  // namespace

FileDescriptor Worker::open_reserve() {
  return FileDescriptor(::open("/dev/null", O_RDONLY | O_CLOEXEC));
}

void Worker::accept_some() {
  for (int i = 0; i < kAcceptedPerEvent; ++i) {
    if (shared_.admission.full()) return pause_accepting();
    Listener::Accepted accepted = shared_.listener.accept();
    if (accepted.outcome == Listener::Outcome::kNone) return;
    if (accepted.outcome == Listener::Outcome::kNoDescriptors) {
      turn_away_one();
      return pause_accepting();
    }
    ++context_.counters.connections_accepted;
    const std::size_t seat = shared_.admission.enter();
    if (seat == seat_) {
      adopt(std::move(accepted.socket), std::move(accepted.peer));
    } else {
      shared_.admission.mailbox(seat).post(
          AdoptSocket{std::move(accepted.socket), std::move(accepted.peer)});
    }
  }
}

void Worker::adopt(FileDescriptor socket, std::string peer) {
  std::unique_ptr<TlsSession> tls;
  if (shared_.tls) tls = shared_.tls->make_session(socket.get());
  const bool ready = !shared_.tls || tls;
  Connection* connection = ready ? connections_.add(Channel(std::move(socket), std::move(tls)),
                                                    std::move(peer), context_)
                                 : nullptr;
  if (!connection) return shared_.admission.leave(seat_);
  if (!connection->open() || shared_.draining.load()) connection->close();
  settle(connection->id(), *connection);
}

// Left in the kernel's queue it would hang there, connected as far as it can see.
void Worker::turn_away_one() {
  shared_.log.warn("http.out_of_file_descriptors");
  reserve_.reset();
  Listener::Accepted accepted = shared_.listener.accept();
  if (accepted.outcome == Listener::Outcome::kAccepted) {
    ++context_.counters.connections_shed;
    if (!shared_.tls) {
      static constexpr std::string_view kBusy =
          "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 1\r\n"
          "Content-Length: 0\r\n\r\n";
      ::send(accepted.socket.get(), kBusy.data(), kBusy.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    }
  }
  accepted.socket.reset();
  reserve_ = open_reserve();
}

// Level-triggered, the listener would report the waiting clients over and over.
void Worker::pause_accepting() {
  if (!std::exchange(accepting_, false)) return;
  context_.poller.remove(shared_.listener.fd());
  if (shared_.draining.load()) return;
  shared_.admission.wait_for_room(seat_);
}

void Worker::resume_accepting() {
  if (accepting_ || shared_.draining.load()) return;
  accepting_ = context_.poller.add(shared_.listener.fd(), Interest::kRead, kListenerTag);
}

}  // namespace mcph::http
