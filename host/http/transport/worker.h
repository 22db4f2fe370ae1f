// One thread of the server: accepts, and drives the connections that are its own.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/time.h"
#include "http/transport/admission.h"
#include "http/transport/connection_table.h"
#include "http/transport/file_descriptor.h"
#include "http/transport/listener.h"
#include "http/transport/mailbox.h"
#include "http/transport/reactor.h"
#include "http/transport/tls.h"
#include "http/transport/worker_context.h"

namespace mcph::http {

// What all workers of a server share. All of it is thread-safe or constant, the listener until the
// last worker has stopped listening.
struct Shared {
  const ServerOptions options;
  const RequestHandler handler;
  const Clock& clock;
  const Log& log;
  Listener listener;
  const std::unique_ptr<TlsContext> tls;  // null: plain
  Admission admission;
  std::atomic<bool> draining{false};
  std::atomic<std::size_t> listening_workers{0};  // the last one to stop closes the listener
};

class Worker final : public EventLoop {
 public:
  Worker(Shared& shared, std::size_t seat, std::shared_ptr<Mailbox> mailbox);

  const Counters& counters() const noexcept { return context_.counters; }

  // After its thread has ended: cuts all connections and tells everybody who waits for one.
  void shut_down();

 private:
  // ---- EventLoop ----
  void attach(Poller poller) override;
  void begin_batch() override;
  void end_batch() override;
  void on_ready(const Readiness& readiness) override;
  void on_exception(std::uint64_t tag) noexcept override;

  // ---- worker_accepting.cc ----
  static FileDescriptor open_reserve();
  void accept_some();
  void adopt(FileDescriptor socket, std::string peer);
  void turn_away_one();
  void pause_accepting();
  void resume_accepting();

  // ---- worker.cc ----
  void send_held_back();
  void read_mail();
  void deliver(Mail&& mail);
  void begin_drain();
  void tick();
  void settle(ConnectionId id, Connection& connection);

  Shared& shared_;
  const std::size_t seat_;
  WorkerContext context_;
  ConnectionTable connections_;
  std::vector<Mail> mail_;
  FileDescriptor timer_;
  // Given up for a moment when descriptors run out, to take one client off the queue and tell it.
  FileDescriptor reserve_;
  bool listening_ = false;  // until the drain
  bool accepting_ = false;  // not while there is no room
  bool owner_known_ = false;
};

}  // namespace mcph::http
