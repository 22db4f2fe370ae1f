// One host's MCP endpoint with fakes around it. Two of them on one store and one key ring are two
// hosts of one installation.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <future>
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>

#include "base/encoding.h"
#include "base/executor.h"
#include "crypto/key_ring.h"
#include "mcp/endpoint.h"
#include "support/fake_clock.h"
#include "support/fake_random.h"
#include "unit/mcp/support/fake_catalog.h"
#include "unit/mcp/support/fake_questions.h"
#include "unit/mcp/support/memory_stores.h"
#include "unit/mcp/support/recording_exchange.h"

namespace mcph::test {

using HeaderList = std::initializer_list<std::pair<std::string_view, std::string_view>>;

struct FakeChallenges final : mcp::Challenges {
  std::string sign_in_again() const override { return "Bearer error=\"invalid_token\""; }
  std::string insufficient_scope(const std::vector<std::string>& scopes) const override {
    std::string all;
    for (const auto& scope : scopes) all += (all.empty() ? "" : " ") + scope;
    return "Bearer error=\"insufficient_scope\", scope=\"" + all + "\"";
  }
};

inline CallerPtr make_caller(std::string principal = "ann", std::string client = "desk",
                             std::vector<std::string> scopes = {"todo"}) {
  auto caller = std::make_shared<Caller>();
  caller->principal = PrincipalId(std::move(principal));
  caller->client = ClientId(std::move(client));
  caller->grant = GrantId("grant-1");
  caller->scopes = std::move(scopes);
  caller->expires_at = from_unix(1'800'003'600);
  return caller;
}

inline crypto::KeyRing make_key_ring(char fill = 'k') {
  return *crypto::KeyRing::parse("k1:" + to_base64url(std::string(32, fill)));
}

// What the client got: one answer, parsed.
struct Answer {
  int status = 0;
  Headers headers;
  std::string body;
  json::value message;  // of a JSON body

  std::string_view header(std::string_view name) const {
    return headers.find(name).value_or(std::string_view{});
  }
  // The code of the JSON-RPC error, or 0.
  std::int64_t error() const {
    const json::object* object = message.if_object();
    const json::object* error = object != nullptr ? find_object(*object, "error") : nullptr;
    return error != nullptr ? find_int(*error, "code").value_or(0) : 0;
  }
  bool has_id() const { return message.is_object() && message.get_object().contains("id"); }
  const json::object& result() const { return message.at("result").as_object(); }
};

class EndpointHost final : public mcp::AccessSource {
 public:
  explicit EndpointHost(mcp::EndpointOptions options = default_options(),
                        crypto::KeyRing ring = make_key_ring(),
                        std::shared_ptr<MemoryStores> shared_stores = nullptr,
                        mcp::TaskStore* real_tasks = nullptr)
      : stores(shared_stores ? std::move(shared_stores) : std::make_shared<MemoryStores>()),
        store(&stores->sessions),
        tasks(stores->tasks),
        ring_(std::move(ring)),
        endpoint(options, {catalog, stores->sessions, real_tasks ? *real_tasks : *stores->tasks,
                           stores->announcements, stores->events, stores->answers, challenges_,
                           ring_, executor_, clock, random_, log_, &questions}) {
    stores->add_host(endpoint, [this] { drain(); });
    catalog.add("echo", [](const mcp::Call& call, mcp::CallObserver&) {
      return make_text_outcome(to_json(json::value(call.arguments)));
    });
  }
  ~EndpointHost() override {
    stores->remove_host(endpoint);
    executor_.stop();
    ::close(null_fd_);
  }

  static mcp::EndpointOptions default_options() {
    mcp::EndpointOptions options;
    options.introduction = {"host under test", "The Host", "1.2.3", "Be kind."};
    return options;
  }

  std::shared_ptr<RecordingExchange> send(Method method, HeaderList headers, std::string body,
                                          CallerPtr caller = make_caller()) {
    mcp::Arrival arrival{{}, std::move(caller), nullptr};
    arrival.request.method = method;
    arrival.request.target = "/mcp";
    arrival.request.body = std::move(body);
    if (method == Method::kPost) arrival.request.headers.add("Content-Type", "application/json");
    for (const auto& [name, value] : headers) arrival.request.headers.add(name, value);
    arrival.access = this;
    arrival.request.headers.add("X-Principal", arrival.caller->principal.str());
    auto exchange = std::make_shared<RecordingExchange>();
    arrival.exchange = exchange;
    endpoint.handle(std::move(arrival));
    return exchange;
  }
  mcp::StreamAccess access_of(const Request& request) override {
    return {"hash of " + std::string(request.headers.find("x-principal").value_or("")),
            token_check};
  }
  // All that was begun until now has been done, here and on the hosts that share the stores.
  void settle() { stores->settle(); }
  // What was submitted until now has been done.
  void drain() {
    std::promise<void> done;
    while (!executor_.submit([&done] { done.set_value(); })) {
    }
    done.get_future().wait();
  }
  // This host hears an announcement, as from the database.
  void announce(mcp::Announcement what) {
    const std::int64_t number = stores->announcements.add(what);
    endpoint.note_announcement(what, number);
  }
  static Answer read(RecordingExchange& exchange) {
    Answer answer;
    if (!exchange.wait()) return answer;
    const std::optional<Response> response = exchange.response();
    if (!response) return answer;
    answer.status = response->status;
    answer.headers = response->headers;
    answer.body = response->body;
    if (Result<json::value> parsed = parse_json(response->body); parsed.ok()) {
      answer.message = std::move(parsed).value();
    }
    return answer;
  }
  Answer post(HeaderList headers, std::string body, CallerPtr caller = make_caller()) {
    return read(*send(Method::kPost, headers, std::move(body), std::move(caller)));
  }
  // A new session of that revision.
  std::string open_session(std::string_view version = "2025-11-25",
                           CallerPtr caller = make_caller(), std::string_view capabilities = "{}") {
    const Answer answer = initialize(version, capabilities, std::move(caller));
    return std::string(answer.header("mcp-session-id"));
  }
  Answer initialize(std::string_view version, std::string_view capabilities = "{}",
                    CallerPtr caller = make_caller()) {
    return post({},
                R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":")" +
                    std::string(version) + R"(","capabilities":)" + std::string(capabilities) +
                    "}}",
                std::move(caller));
  }
  // A modern request; `name` goes into Mcp-Name unless it is empty.
  Answer ask_modern(std::string_view method, std::string_view members, std::string_view name = {},
                    std::string_view capabilities = "{}", CallerPtr caller = make_caller()) {
    return read(*send_modern(method, members, name, capabilities, std::move(caller)));
  }
  std::shared_ptr<RecordingExchange> send_modern(std::string_view method, std::string_view members,
                                                 std::string_view name = {},
                                                 std::string_view capabilities = "{}",
                                                 CallerPtr caller = make_caller(),
                                                 std::string_view meta = {}) {
    std::string body = R"({"jsonrpc":"2.0","id":1,"method":")" + std::string(method);
    body.append(R"(","params":{)").append(members);
    body += R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",)";
    body.append(R"("io.modelcontextprotocol/clientCapabilities":)").append(capabilities);
    body.append(meta).append("}}}");
    if (name.empty()) {
      return send(Method::kPost, {{"MCP-Protocol-Version", "2026-07-28"}, {"Mcp-Method", method}},
                  std::move(body), std::move(caller));
    }
    return send(
        Method::kPost,
        {{"MCP-Protocol-Version", "2026-07-28"}, {"Mcp-Method", method}, {"Mcp-Name", name}},
        std::move(body), std::move(caller));
  }
  // A legacy request within a session.
  Answer ask(const std::string& session, std::string body, CallerPtr caller = make_caller()) {
    return post({{"Mcp-Session-Id", session}}, std::move(body), std::move(caller));
  }

 private:
  const int null_fd_ = ::open("/dev/null", O_WRONLY | O_CLOEXEC);

 public:
  FakeClock clock;
  FakeCatalog catalog;
  FakeQuestions questions;
  const std::shared_ptr<MemoryStores> stores;
  MemorySessionStore* const store;
  const std::shared_ptr<MemoryTaskStore> tasks;
  mcp::TokenCheck token_check;

 private:
  FakeRandom random_;
  const FakeChallenges challenges_;
  const crypto::KeyRing ring_;
  Executor executor_{"test", 1, 16};
  const Log log_{clock, null_fd_, LogLevel::kError};

 public:
  mcp::Endpoint endpoint;
};

// The params of a modern request: _meta and, in front of it, `members` (ending in a comma).
inline std::string modern_params(std::string_view members = {},
                                 std::string_view version = "2026-07-28") {
  std::string params = "{";
  params += members;
  params += R"("_meta":{"io.modelcontextprotocol/protocolVersion":")";
  params += version;
  params += R"(","io.modelcontextprotocol/clientCapabilities":{}}})";
  return params;
}

inline std::string request(std::string_view id, std::string_view method,
                           std::string_view params = "{}") {
  std::string body = R"({"jsonrpc":"2.0","id":)";
  body.append(id).append(R"(,"method":")").append(method).append(R"(","params":)");
  return body.append(params).append("}");
}

inline constexpr std::pair<std::string_view, std::string_view> kModernVersion{
    "MCP-Protocol-Version", "2026-07-28"};

}  // namespace mcph::test
