// Sends requests to a router as the transport would, and waits for the answer.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <memory>
#include <string>

#include "http/router.h"
#include "support/fake_clock.h"
#include "support/fake_random.h"
#include "unit/mcp/support/recording_exchange.h"

namespace mcph::http {

struct RouterTest : testing::Test {
  static Request make(Method method, const std::string& target) {
    Request request;
    request.method = method;
    request.target = target;
    request.headers.add("Host", "mcp.example");
    return request;
  }
  static Response send(const Router& to, Request request) {
    auto exchange = std::make_shared<test::RecordingExchange>();
    to.handle(std::move(request), exchange);
    EXPECT_TRUE(exchange->wait());
    return exchange->response().value_or(Response{599, {}, {}});
  }
  Response send(Request request) { return send(router, std::move(request)); }
  static std::string header(const Response& response, std::string_view name) {
    return std::string(response.headers.find(name).value_or(""));
  }

  test::FakeClock clock;
  test::FakeRandom random;
  const Log log{clock, STDERR_FILENO, LogLevel::kError};
  Executor executor{"test", 2, 4};
  Router router{*OriginPolicy::create("https://mcp.example", {}), executor, random, log};
};

}  // namespace mcph::http
