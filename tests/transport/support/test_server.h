// A server in this process with deadlines short enough to wait for.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <thread>

#include "base/executor.h"
#include "base/time.h"
#include "http/transport/server.h"
#include "observability/log.h"

namespace mcph::http::test {

// Two workers, deadlines looked at every 20 ms; those of production otherwise.
ServerOptions make_test_options();

class TestServer {
 public:
  explicit TestServer(RequestHandler handler, ServerOptions options = make_test_options());

  std::uint16_t port() const { return server_->port(); }
  Server& operator*() { return *server_; }
  Server* operator->() { return server_.get(); }

 private:
  SystemClock clock_;
  Log log_;
  std::unique_ptr<Server> server_;
};

// Answers 200 with the method, the target and the body of the request, one a line.
void echo(Request request, ExchangePtr exchange);

// What echo answers.
std::string echo_of(std::string_view method, std::string_view target, std::string_view body);

Response text_response(std::string body);

// Waits until it is true, at most five seconds. False if it never was.
bool eventually(const std::function<bool()>& condition);

// Of all threads of this process: server, client and test.
double process_cpu_seconds();

// As many descriptors as the machine lets us have; returns how many those are.
std::size_t raise_descriptor_limit();

}  // namespace mcph::http::test
