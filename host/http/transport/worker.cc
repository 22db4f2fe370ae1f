#include "http/transport/worker.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/timerfd.h>

#include <new>
#include <thread>
#include <utility>

namespace mcph::http {
namespace {

// So that a crowd at the door does not keep those inside waiting.
constexpr int kAcceptedPerEvent = 64;

FileDescriptor make_timer(Milliseconds period) {
  FileDescriptor timer(::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC));
  const auto ns = std::chrono::nanoseconds(period).count();
  const timespec every{static_cast<time_t>(ns / 1'000'000'000), ns % 1'000'000'000};
  const itimerspec setting{every, every};
  ::timerfd_settime(timer.get(), 0, &setting, nullptr);
  return timer;
}

FileDescriptor make_reserve() {
  return FileDescriptor(::open("/dev/null", O_RDONLY | O_CLOEXEC));
}

}  // namespace

Worker::Worker(Shared& shared, std::size_t seat, std::shared_ptr<Mailbox> mailbox)
    : shared_(shared),
      seat_(seat),
      context_{shared.options.timeouts,
               shared.options.limits,
               shared.handler,
               shared.log,
               shared.draining,
               std::move(mailbox),
               {},
               shared.clock.steady(),
               {},
               {},
               {},
               {},
               {}},
      timer_(make_timer(shared.options.timeouts.tick)),
      reserve_(make_reserve()) {
  context_.date.refresh(shared.clock.now());
}

void Worker::attach(Poller poller) {
  context_.poller = poller;
  const bool registered =
      context_.poller.add(context_.mailbox->event_fd(), Interest::kRead, kMailboxTag) &&
      context_.poller.add(timer_.get(), Interest::kRead, kTimerTag);
  if (!registered) throw std::bad_alloc();  // the kernel has no memory or no descriptors left
  listening_ = true;
  ++shared_.listening_workers;
  resume_accepting();
}

void Worker::begin_batch() {
  context_.now = shared_.clock.steady();
  if (!std::exchange(owner_known_, true)) {
    context_.mailbox->set_owner_thread(std::this_thread::get_id());
  }
}

void Worker::on_ready(const Readiness& readiness) {
  switch (readiness.tag) {
    case kListenerTag:
      return accept_some();
    case kMailboxTag:
      return read_mail();
    case kTimerTag:
      return tick();
    default:
      break;
  }
  const auto id = static_cast<ConnectionId>(readiness.tag);
  // Not found: closed by an earlier event of this batch.
  if (Connection* connection = connections_.find(id)) {
    connection->on_ready(readiness);
    settle(id, *connection);
  }
}

void Worker::on_exception(std::uint64_t tag) noexcept {
  try {
    shared_.log.error("http.worker_exception", {{"tag", tag}});
    const auto id = static_cast<ConnectionId>(tag);
    if (Connection* connection = connections_.find(id)) {
      connection->close();
      settle(id, *connection);
    }
  } catch (...) {
    // Out of memory even for the log line. The deadline of the connection will end it.
  }
}

void Worker::settle(ConnectionId id, Connection& connection) {
  if (!connection.closed()) return;
  connections_.remove(id);
  shared_.admission.leave(seat_);
}

// ---- Accepting -------------------------------------------------------------------------------

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
  reserve_ = make_reserve();
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

// ---- Mail and time ---------------------------------------------------------------------------

void Worker::read_mail() {
  mail_.clear();
  context_.mailbox->take(mail_);
  for (Mail& mail : mail_) {
    const auto* to_connection = std::get_if<ConnectionMail>(&mail);
    const auto tag = to_connection ? static_cast<std::uint64_t>(to_connection->connection) : 0;
    try {
      deliver(std::move(mail));
    } catch (...) {
      on_exception(tag);
    }
  }
  mail_.clear();
}

void Worker::deliver(Mail&& mail) {
  if (auto* to_connection = std::get_if<ConnectionMail>(&mail)) {
    const ConnectionId id = to_connection->connection;
    Connection* connection = connections_.find(id);
    if (!connection) return return_to_sender(std::move(*to_connection));
    connection->on_mail(std::move(*to_connection));
    settle(id, *connection);
  } else if (auto* socket = std::get_if<AdoptSocket>(&mail)) {
    adopt(std::move(socket->socket), std::move(socket->peer));
  } else if (std::holds_alternative<ResumeAccepting>(mail)) {
    resume_accepting();
  } else {
    begin_drain();
  }
}

void Worker::begin_drain() {
  pause_accepting();
  if (std::exchange(listening_, false) && --shared_.listening_workers == 0) {
    shared_.listener.close();  // new clients are refused, not left waiting
  }
  for (std::size_t slot = 0; slot < connections_.slot_count(); ++slot) {
    const ConnectionTable::Entry entry = connections_.at(slot);
    if (!entry.connection) continue;
    entry.connection->on_drain();
    settle(entry.id, *entry.connection);
  }
}

void Worker::tick() {
  std::uint64_t periods = 0;
  [[maybe_unused]] const ssize_t n = ::read(timer_.get(), &periods, sizeof periods);
  context_.date.refresh(shared_.clock.now());
  // Descriptors may have become free elsewhere in the process, of which nobody tells us.
  resume_accepting();
  for (std::size_t slot = 0; slot < connections_.slot_count(); ++slot) {
    const ConnectionTable::Entry entry = connections_.at(slot);
    if (!entry.connection || entry.connection->deadline() > context_.now) continue;
    entry.connection->on_deadline();
    settle(entry.id, *entry.connection);
  }
}

void Worker::shut_down() {
  for (Mail& mail : context_.mailbox->close()) {
    if (auto* to_connection = std::get_if<ConnectionMail>(&mail)) {
      return_to_sender(std::move(*to_connection));
    }
  }
  for (std::size_t slot = 0; slot < connections_.slot_count(); ++slot) {
    const ConnectionTable::Entry entry = connections_.at(slot);
    if (!entry.connection) continue;
    entry.connection->abandon();
    settle(entry.id, *entry.connection);
  }
}

}  // namespace mcph::http
