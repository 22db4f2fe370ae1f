// bench-canned PORT [WORKERS]: our transport with a canned reply. What the host costs beyond this
// is MCP, OAuth and the store.
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "base/time.h"
#include "canned_reply.h"
#include "http/transport/server.h"
#include "observability/log.h"

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: bench-canned PORT [WORKERS]\n");
    return 2;
  }
  sigset_t stop_signals;
  sigemptyset(&stop_signals);
  sigaddset(&stop_signals, SIGINT);
  sigaddset(&stop_signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &stop_signals, nullptr);

  mcph::http::ServerOptions options;
  options.port = static_cast<std::uint16_t>(std::atoi(argv[1]));
  options.workers = argc > 2 ? static_cast<std::size_t>(std::atoi(argv[2])) : 1;
  const mcph::SystemClock clock;
  const mcph::Log log(clock, STDERR_FILENO, mcph::LogLevel::kWarn);
  auto server = mcph::http::Server::create(
      options,
      [](mcph::Request, mcph::ExchangePtr exchange) {
        exchange->respond(mcph::make_json_response(200, std::string(kCannedBody)));
      },
      clock, log);
  if (!server || !server.value()->start()) {
    std::fprintf(stderr, "bench-canned: %s\n",
                 server ? "cannot start" : server.error().message.c_str());
    return 1;
  }
  std::printf("listening on 127.0.0.1:%u\n", server.value()->port());
  std::fflush(stdout);
  int signal = 0;
  sigwait(&stop_signals, &signal);
  server.value()->drain(mcph::Seconds(2));
  server.value()->stop();
  return 0;
}
