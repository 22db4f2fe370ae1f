// bench-stock PORT [WORKERS]: the HTTP endpoint of stock Pistache with the same canned reply.
#include <pistache/endpoint.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "canned_reply.h"

namespace {

class Canned final : public Pistache::Http::Handler {
 public:
  HTTP_PROTOTYPE(Canned)
  void onRequest(const Pistache::Http::Request&, Pistache::Http::ResponseWriter writer) override {
    // Otherwise it announces "Connection: Close" to a client that did not ask to keep it.
    writer.headers().remove<Pistache::Http::Header::Connection>();
    writer.send(Pistache::Http::Code::Ok, std::string(kCannedBody), MIME(Application, Json));
  }
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: bench-stock PORT [WORKERS]\n");
    return 2;
  }
  std::signal(SIGPIPE, SIG_IGN);
  sigset_t stop_signals;
  sigemptyset(&stop_signals);
  sigaddset(&stop_signals, SIGINT);
  sigaddset(&stop_signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &stop_signals, nullptr);

  const auto port = static_cast<std::uint16_t>(std::atoi(argv[1]));
  Pistache::Http::Endpoint endpoint(
      Pistache::Address(Pistache::Ipv4::loopback(), Pistache::Port(port)));
  endpoint.init(
      Pistache::Http::Endpoint::options()
          .threads(argc > 2 ? std::atoi(argv[2]) : 1)
          .flags(Pistache::Flags<Pistache::Tcp::Options>(Pistache::Tcp::Options::ReuseAddr)));
  endpoint.setHandler(Pistache::Http::make_handler<Canned>());
  endpoint.serveThreaded();
  std::printf("listening on 127.0.0.1:%u\n", static_cast<unsigned>(endpoint.getPort()));
  std::fflush(stdout);
  int signal = 0;
  sigwait(&stop_signals, &signal);
  endpoint.shutdown();
  return 0;
}
