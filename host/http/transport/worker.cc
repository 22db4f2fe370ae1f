#include "http/transport/worker.h"

#include <sys/timerfd.h>

#include <new>
#include <thread>
#include <utility>

namespace mcph::http {
namespace {

// A reply waits for no more than the handling of so many others.
constexpr std::size_t kHeldBackMax = 16;

FileDescriptor make_timer(Milliseconds period) {
  FileDescriptor timer(::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC));
  const auto ns = std::chrono::nanoseconds(period).count();
  const timespec every{static_cast<time_t>(ns / 1'000'000'000), ns % 1'000'000'000};
  const itimerspec setting{every, every};
  ::timerfd_settime(timer.get(), 0, &setting, nullptr);
  return timer;
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
               shared.options.make_refusal,
               {},
               shared.clock.steady(),
               {},
               {},
               {},
               {},
               {},
               {}},
      timer_(make_timer(shared.options.timeouts.tick)),
      reserve_(open_reserve()) {
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
  context_.in_batch = true;
  if (!std::exchange(owner_known_, true)) {
    context_.mailbox->set_owner_thread(std::this_thread::get_id());
  }
}

void Worker::end_batch() {
  send_held_back();
  context_.in_batch = false;
}

void Worker::send_held_back() {
  context_.in_batch = false;
  for (const ConnectionId id : context_.unsent) {
    Connection* connection = connections_.find(id);
    if (connection == nullptr) continue;
    try {
      connection->on_batch_end();
    } catch (...) {
      on_exception(static_cast<std::uint64_t>(id));
      continue;
    }
    settle(id, *connection);
  }
  context_.unsent.clear();
  context_.in_batch = true;
}

void Worker::on_ready(const Readiness& readiness) {
  if (context_.unsent.size() >= kHeldBackMax) send_held_back();
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
