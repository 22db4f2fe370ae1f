#include "http/transport/server.h"

#include <algorithm>
#include <thread>
#include <utility>
#include <vector>

#include "http/transport/worker.h"

namespace mcph::http {

struct Server::Parts {
  Shared shared;
  std::vector<std::unique_ptr<Worker>> workers;
  std::vector<std::shared_ptr<Mailbox>> mailboxes;
  std::unique_ptr<Reactor> reactor;  // last: its threads use all of the above
};

Result<std::unique_ptr<Server>> Server::create(ServerOptions options, RequestHandler handler,
                                               const Clock& clock, const Log& log) {
  Listener listener = TRY(Listener::create(options));
  std::unique_ptr<TlsContext> tls;
  if (options.tls) tls = TRY(TlsContext::create(*options.tls));

  if (options.workers == 0) options.workers = std::max(1u, std::thread::hardware_concurrency());
  std::vector<std::shared_ptr<Mailbox>> mailboxes;
  for (std::size_t i = 0; i < options.workers; ++i) {
    mailboxes.push_back(std::make_shared<Mailbox>());
  }
  const std::size_t connections_max = options.limits.connections_max;
  std::unique_ptr<Parts> parts(
      new Parts{{std::move(options), std::move(handler), clock, log, std::move(listener),
                 std::move(tls), Admission(connections_max, mailboxes)},
                {},
                mailboxes,
                nullptr});
  std::vector<EventLoop*> loops;
  for (std::size_t i = 0; i < mailboxes.size(); ++i) {
    parts->workers.push_back(std::make_unique<Worker>(parts->shared, i, mailboxes[i]));
    loops.push_back(parts->workers.back().get());
  }
  parts->reactor = TRY(Reactor::create("http", std::move(loops)));
  return std::unique_ptr<Server>(new Server(std::move(parts)));
}

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Server::~Server() {
  stop();
}

Result<> Server::start() {
  return parts_->reactor->start();
}

std::uint16_t Server::port() const noexcept {
  return parts_->shared.listener.port();
}

bool Server::drain(Milliseconds timeout) {
  parts_->shared.draining = true;
  for (const auto& mailbox : parts_->mailboxes) mailbox->post(BeginDrain{});
  return parts_->shared.admission.wait_until_empty(timeout);
}

void Server::stop() {
  parts_->reactor->stop();
  for (const auto& worker : parts_->workers) worker->shut_down();
}

Result<> Server::reload_tls() {
  if (!parts_->shared.tls) return Error{Code::kInvalid, "this server does not speak TLS", ""};
  return parts_->shared.tls->reload();
}

Stats Server::stats() const noexcept {
  Stats sum;
  sum.connections_open = parts_->shared.admission.open();
  for (const auto& worker : parts_->workers) {
    const Counters& counters = worker->counters();
    sum.connections_accepted += counters.connections_accepted.get();
    sum.connections_shed += counters.connections_shed.get();
    sum.requests += counters.requests.get();
    sum.requests_refused += counters.requests_refused.get();
    sum.deadlines_missed += counters.deadlines_missed.get();
    sum.handler_failures += counters.handler_failures.get();
    sum.streams_opened += counters.streams_opened.get();
    sum.slow_consumers += counters.slow_consumers.get();
    sum.tls_failures += counters.tls_failures.get();
  }
  return sum;
}

}  // namespace mcph::http
