#include "transport/support/test_server.h"

#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <utility>

namespace mcph::http::test {

ServerOptions make_test_options() {
  ServerOptions options;
  options.workers = 2;
  options.timeouts.tick = Milliseconds(20);
  options.timeouts.linger = Milliseconds(500);
  return options;
}

TestServer::TestServer(RequestHandler handler, ServerOptions options)
    : log_(clock_, STDERR_FILENO, static_cast<LogLevel>(static_cast<int>(LogLevel::kError) + 1)) {
  auto created = Server::create(std::move(options), std::move(handler), clock_, log_);
  if (!created) {
    std::fprintf(stderr, "no server: %s\n", created.error().message.c_str());
    std::abort();
  }
  server_ = std::move(created).value();
  if (!server_->start()) std::abort();
}

void echo(Request request, ExchangePtr exchange) {
  exchange->respond(
      text_response(echo_of(to_string(request.method), request.target, request.body)));
}

std::string echo_of(std::string_view method, std::string_view target, std::string_view body) {
  std::string text(method);
  text.append("\n").append(target).append("\n").append(body);
  return text;
}

Response text_response(std::string body) {
  return make_text_response(200, "text/plain", std::move(body));
}

bool eventually(const std::function<bool()>& condition) {
  const auto end = std::chrono::steady_clock::now() + Seconds(5);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(Milliseconds(2));
  }
  return true;
}

double process_cpu_seconds() {
  timespec used{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

std::size_t raise_descriptor_limit() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  ::getrlimit(RLIMIT_NOFILE, &limit);
  return static_cast<std::size_t>(limit.rlim_cur);
}

}  // namespace mcph::http::test
