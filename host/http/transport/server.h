// The HTTP server: listens, parses, calls one handler for every complete request and writes its
// answer. HTTP/1.1 and 1.0, plain or TLS, event streams; nothing of the reactor below shows here.
//
// The handler runs on a worker thread and must not block; answers may come from any thread, and
// after stop() they go nowhere. Exchange::on_client_gone fires on a reset, on a failed write and on
// end of input. End of input may be a half-close by a client that still reads, so an answer given
// afterwards is still sent; an event stream ends there, for its client has nothing left to say.
#pragma once

#include <cstdint>
#include <memory>

#include "base/http_message.h"
#include "base/result.h"
#include "base/time.h"
#include "http/transport/options.h"
#include "observability/log.h"

namespace mcph::http {

// Since the start, of all workers.
struct Stats {
  std::uint64_t connections_accepted = 0;
  std::uint64_t connections_open = 0;
  std::uint64_t connections_shed = 0;  // told 503 at the door: no file descriptor was left
  std::uint64_t requests = 0;          // complete ones, given to the handler
  std::uint64_t requests_refused = 0;  // answered here because of their framing, size or slowness
  std::uint64_t deadlines_missed = 0;  // connections closed for being slow or idle
  std::uint64_t handler_failures = 0;  // exceptions, and answers that could not be sent
  std::uint64_t streams_opened = 0;
  std::uint64_t slow_consumers = 0;  // streams cut off because their client did not read
  std::uint64_t tls_failures = 0;    // handshakes
};

// Thread-safe from create() on, except that start(), drain() and stop() belong to one thread.
class Server {
 public:
  // Binds and loads the certificate. The clock and the log must outlive the server.
  static Result<std::unique_ptr<Server>> create(ServerOptions options, RequestHandler handler,
                                                const Clock& clock, const Log& log);
  ~Server();  // stops
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Begins to accept. Once.
  Result<> start();

  std::uint16_t port() const noexcept;

  // Stops accepting, closes idle connections, ends event streams opened by GET with a hint when to
  // come back, and lets every other answer finish, each with Connection: close. True once all
  // connections are gone, false when the time is over first. Follow with stop().
  bool drain(Milliseconds timeout);

  // Cuts what is left and joins the workers. Idempotent.
  void stop();

  // Reads the certificate files again; connections from now on get the new ones. On an error the
  // old ones stay.
  Result<> reload_tls();

  Stats stats() const noexcept;

 private:
  struct Parts;
  explicit Server(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace mcph::http
