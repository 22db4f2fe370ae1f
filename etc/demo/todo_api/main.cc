// todo-api: the demo's protected to-do list service.
#include <pthread.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "http/transport/server.h"
#include "net/curl_client.h"
#include "todo_api/options.h"
#include "todo_api/service.h"

namespace {

using namespace mcph;

constexpr std::size_t kThreads = 8;      // as many statements at a time
constexpr std::size_t kQueueMax = 1024;  // a second's worth of waiting
constexpr Milliseconds kDrainTimeout{3000};

// Blocked before the first thread starts, so that only sigwait sees them.
sigset_t block_stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return signals;
}

Result<> serve(const todo_api::Options& options, const sigset_t& stop_signals) {
  const char* database = std::getenv("TODO_API_DATABASE_URL");
  if (database == nullptr) return Error{Code::kInvalid, "TODO_API_DATABASE_URL is not set", {}};

  SystemClock clock;
  Log log(clock, STDERR_FILENO, LogLevel::kInfo);
  net::CurlOptions outgoing;
  outgoing.ca_file = options.ca_file;
  outgoing.user_agent = "todo-api";
  net::CurlClient http(outgoing, log);
  const auto todos = TRY(todo_api::TodoStore::create(Secret(std::string(database))));
  todo_api::SigningKeys keys(options.issuer, http, clock);
  todo_api::TokenVerifier tokens(options.issuer, options.audience, keys, clock);
  todo_api::Faults faults;
  Executor executor("todo", kThreads, kQueueMax);
  todo_api::Service service(tokens, *todos, options.allow_faults ? &faults : nullptr, executor,
                            log);

  mcph::http::ServerOptions listen;
  listen.address = options.address;
  listen.port = options.port;
  listen.limits.body_bytes_max = todo_api::kBodyBytesMax;
  const auto server = TRY(mcph::http::Server::create(
      listen,
      [&](Request request, ExchangePtr exchange) {
        service.handle(std::move(request), std::move(exchange));
      },
      clock, log));
  TRY(server->start());
  log.info("todo_api.serving", {{"address", options.address}, {"port", server->port()}});

  int signal = 0;
  sigwait(&stop_signals, &signal);
  faults.release();
  server->drain(kDrainTimeout);
  server->stop();
  executor.stop();
  log.info("todo_api.stopped");
  return Ok{};
}

}  // namespace

int main(int argc, char** argv) {
  const sigset_t stop_signals = block_stop_signals();
  const auto options = todo_api::parse_options(std::vector<std::string>(argv + 1, argv + argc));
  if (!options.ok()) {
    std::fprintf(stderr, "todo-api: %s\n%s", options.error().message.c_str(), todo_api::kUsage);
    return 2;
  }
  const auto served = serve(*options, stop_signals);
  if (served.ok()) return 0;
  std::fprintf(stderr, "todo-api: %s (%s)\n", served.error().message.c_str(),
               served.error().detail.c_str());
  return 1;
}
