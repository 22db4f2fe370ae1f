#include "stock_server.h"

#include <pistache/endpoint.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <utility>

namespace {

namespace Http = Pistache::Http;

class StockHandler final : public Http::Handler {
 public:
  HTTP_PROTOTYPE(StockHandler)

  void onRequest(const Http::Request& request, Http::ResponseWriter writer) override {
    writer.headers().remove<Http::Header::Connection>();
    const std::string resource = request.resource();
    if (resource == "/throw") throw 42;
    if (resource == "/large") {
      writer.send(Http::Code::Ok, std::string(32 << 20, 'x'));
    } else if (resource == "/async") {
      std::thread([writer = std::move(writer)]() mutable {
        writer.send(Http::Code::Ok, "later");
      }).detach();
    } else if (resource == "/stream") {
      auto stream = writer.stream(Http::Code::Ok);
      stream << "data: hello\n\n" << Http::flush;
      keep(std::move(stream));
    } else if (resource == "/stream-thread") {
      auto stream = writer.stream(Http::Code::Ok);
      stream << "data: hello\n\n" << Http::flush;
      std::thread([stream = std::move(stream)]() mutable {
        for (int i = 0; i < 1000; ++i) {
          stream << "data: x\n\n" << Http::flush;
          std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
      }).detach();
    } else {
      writer.send(Http::Code::Ok, resource);
    }
  }

 private:
  // For as long as the process lives.
  static void keep(Http::ResponseStream&& stream) {
    static std::vector<Http::ResponseStream> kept;
    kept.push_back(std::move(stream));
  }
};

[[noreturn]] void serve(const StockOptions& options, int port_pipe) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // never left behind
  ::signal(SIGPIPE, SIG_IGN);
  // Its words about its own end are of no use here.
  if (!std::freopen("/dev/null", "w", stderr)) ::_exit(1);
  Http::Endpoint endpoint(Pistache::Address(Pistache::Ipv4::loopback(), Pistache::Port(0)));
  endpoint.init(Http::Endpoint::options()
                    .threads(options.workers)
                    .maxRequestSize(64 * 1024)
                    .headerTimeout(std::chrono::seconds(options.header_timeout_s)));
  endpoint.setHandler(Http::make_handler<StockHandler>());
  if (!options.certificate_path.empty()) {
    endpoint.useSSL(options.certificate_path, options.key_path);
  }
  endpoint.serveThreaded();
  const auto port = static_cast<std::uint16_t>(endpoint.getPort());
  if (::write(port_pipe, &port, sizeof port) != sizeof port) ::_exit(1);
  for (;;) ::pause();
}

}  // namespace

StockServer::StockServer(const StockOptions& options) {
  int ends[2];
  if (::pipe(ends) != 0) std::abort();
  std::fflush(stdout);
  pid_ = ::fork();
  if (pid_ == 0) serve(options, ends[1]);
  ::close(ends[1]);
  const ssize_t n = ::read(ends[0], &port_, sizeof port_);
  ::close(ends[0]);
  if (n != sizeof port_) {
    std::fprintf(stderr, "stock Pistache did not start\n");
    std::exit(1);
  }
}

StockServer::~StockServer() {
  if (!alive()) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

bool StockServer::alive() {
  if (!ended_ && ::waitpid(pid_, &status_, WNOHANG) == pid_) ended_ = true;
  return !ended_;
}

double StockServer::cpu_seconds() const {
  std::ifstream file("/proc/" + std::to_string(pid_) + "/stat");
  std::string field;
  for (int i = 1; i <= 13; ++i) file >> field;  // the name of this program has no blanks
  double user = 0;
  double system = 0;
  file >> user >> system;
  return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

std::string StockServer::how_it_ended() const {
  if (WIFSIGNALED(status_)) return "killed by signal " + std::to_string(WTERMSIG(status_));
  return "exit status " + std::to_string(WEXITSTATUS(status_));
}
