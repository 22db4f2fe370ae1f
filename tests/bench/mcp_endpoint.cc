// What the protocol layer costs a call, without sockets: authenticated requests straight into the
// MCP endpoint, around a catalogue that answers at once. Prints microseconds per request.
#include <chrono>
#include <cstdio>
#include <string>

#include "unit/mcp/support/endpoint_host.h"

namespace {

using mcph::Method;

class DroppingExchange final : public mcph::Exchange {
 public:
  void respond(mcph::Response response) override { bytes_ += response.body.size(); }
  std::shared_ptr<mcph::EventStream> open_stream(mcph::Response) override { return nullptr; }
  void on_client_gone(std::function<void()>) override {}
  std::size_t bytes() const { return bytes_; }

 private:
  std::size_t bytes_ = 0;
};

struct Case {
  const char* name;
  mcph::Request request;
};

mcph::Request make_request(std::string body) {
  mcph::Request request;
  request.method = Method::kPost;
  request.target = "/mcp";
  for (const auto& [name, value] : mcph::test::HeaderList{
           {"Host", "localhost:8080"},
           {"User-Agent", "node"},
           {"Accept", "application/json, text/event-stream"},
           {"Content-Type", "application/json"},
           {"Authorization", "Bearer mcp_at_0123456789012345678901234567890123456789"},
           {"Accept-Encoding", "gzip, deflate"}}) {
    request.headers.add(name, value);
  }
  request.body = std::move(body);
  return request;
}

mcph::Request make_modern(std::string_view method, std::string_view members,
                          std::string_view name = {}) {
  mcph::Request request =
      make_request(mcph::test::request("7", method, mcph::test::modern_params(members)));
  request.headers.add("MCP-Protocol-Version", "2026-07-28");
  request.headers.add("Mcp-Method", method);
  if (!name.empty()) request.headers.add("Mcp-Name", name);
  return request;
}

mcph::Request make_legacy(const std::string& session, std::string body) {
  mcph::Request request = make_request(std::move(body));
  request.headers.add("MCP-Protocol-Version", "2025-11-25");
  request.headers.add("Mcp-Session-Id", session);
  return request;
}

void measure(mcph::test::EndpointHost& host, const Case& one) {
  constexpr int kWarmUp = 2'000;
  constexpr int kMeasured = 100'000;
  const auto caller = mcph::test::make_caller();
  const auto exchange = std::make_shared<DroppingExchange>();
  std::chrono::steady_clock::time_point from;
  for (int i = -kWarmUp; i < kMeasured; ++i) {
    if (i == 0) from = std::chrono::steady_clock::now();
    host.endpoint.handle({one.request, caller, exchange});
  }
  const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - from;
  std::printf("%-24s %6.2f us, %zu bytes\n", one.name, took.count() / kMeasured,
              exchange->bytes() / (kWarmUp + kMeasured));
}

}  // namespace

int main() {
  mcph::test::EndpointHost host;
  host.catalog.add("who_am_I", [](const auto&, auto&) {
    mcph::mcp::Outcome outcome;
    outcome.content = R"([{"type":"text","text":"{\"sub\":\"ann\",\"exp\":1800000000}"}])";
    outcome.structured = R"({"sub":"ann","exp":1800000000})";
    return outcome;
  });
  const std::string session = host.open_session();
  const std::string call = R"({"name":"who_am_I","arguments":{}})";
  for (const Case& one : {
           Case{"modern who_am_I", make_modern("tools/call", R"("name":"who_am_I",)", "who_am_I")},
           Case{"modern tools/list", make_modern("tools/list", "")},
           Case{"legacy who_am_I",
                make_legacy(session, mcph::test::request("7", "tools/call", call))},
           Case{"legacy ping", make_legacy(session, mcph::test::request("7", "ping"))},
       }) {
    measure(host, one);
  }
  return 0;
}
