// A host with chosen plugins in a directory of its own: the real registry over real files, with a
// token source and an HTTP client that do as they are told.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <fstream>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/executor.h"
#include "fakes/memory_kv_store.h"
#include "observability/log.h"
#include "plugins/registry.h"

namespace mcph::plugins {

using Kind = mcp::Outcome::Kind;

class TokenSource final : public UpstreamTokenSource {
 public:
  UpstreamTokenSource& for_api(const UpstreamApi&) override { return *this; }
  UpstreamTokenPtr find_cached(const GrantId&) override {
    const std::lock_guard lock(mutex_);
    return cached ? current_ : nullptr;
  }
  Result<UpstreamTokenPtr> get(const GrantId&) override {
    const std::lock_guard lock(mutex_);
    ++gets;
    if (failure) return *failure;
    return current_;
  }
  Result<UpstreamTokenPtr> get_newer(const GrantId&, std::int64_t version) override {
    const std::lock_guard lock(mutex_);
    ++refreshes;
    if (failure) return *failure;
    if (current_->version == version) current_ = make(version + 1);
    return current_;
  }

  std::atomic<bool> cached{true};
  std::optional<Error> failure;
  std::atomic<int> gets{0}, refreshes{0};

 private:
  static UpstreamTokenPtr make(std::int64_t version) {
    return std::make_shared<UpstreamToken>(
        UpstreamToken{Secret("secret-token-" + std::to_string(version)),
                      R"({"email":"ada@example.com"})", from_unix(1'900'000'000), version});
  }
  std::mutex mutex_;
  UpstreamTokenPtr current_ = make(1);
};

// Answers each request by `answer`, on a thread of its own as the real one does.
class HttpFake final : public net::HttpClient {
 public:
  std::shared_ptr<net::RunningRequest> start(net::HttpRequest request, Done done) override {
    struct Running final : net::RunningRequest {
      void cancel() override {}
    };
    Result<net::HttpResponse> answer_now = Error{Code::kUnavailable, "no answer set", {}};
    {
      const std::lock_guard lock(mutex_);
      if (answer) answer_now = answer(request);
      requests.push_back(std::move(request));
      threads_.emplace_back([done = std::move(done), held = std::move(answer_now)]() mutable {
        done(std::move(held));
      });
    }
    return std::make_shared<Running>();
  }
  ~HttpFake() override {
    for (auto& thread : threads_) thread.join();
  }

  std::function<Result<net::HttpResponse>(const net::HttpRequest&)> answer;
  std::vector<net::HttpRequest> requests;

 private:
  std::mutex mutex_;
  std::vector<std::thread> threads_;
};

class Observer final : public mcp::CallObserver {
 public:
  void progress(double, double, std::string_view) override { ++progresses; }
  void log(LogLevel, std::string_view message, std::string_view fields) override {
    const std::lock_guard lock(mutex_);
    logs_.push_back(std::string(message) + " " + std::string(fields));
  }
  void release_stream() override { ++releases; }
  bool become_task() override {
    ++tasks;
    return stores_tasks;
  }
  void finished(mcp::Outcome outcome) override {
    const std::lock_guard lock(mutex_);
    EXPECT_FALSE(outcome_.has_value()) << "answered twice";
    outcome_ = std::move(outcome);
    thread = std::this_thread::get_id();
    changed_.notify_all();
  }
  mcp::Outcome wait() {
    std::unique_lock lock(mutex_);
    if (!changed_.wait_for(lock, std::chrono::seconds(30), [&] { return outcome_.has_value(); })) {
      ADD_FAILURE() << "no answer";
      return {};
    }
    return *outcome_;
  }
  bool answered() {
    const std::lock_guard lock(mutex_);
    return outcome_.has_value();
  }

  std::vector<std::string> logs() {
    const std::lock_guard lock(mutex_);
    return logs_;
  }

  std::thread::id thread;
  std::atomic<int> progresses{0}, releases{0}, tasks{0};
  std::atomic<bool> stores_tasks{true};

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<mcp::Outcome> outcome_;
  std::vector<std::string> logs_;
};

// Keeps what plugins announce.
class AnnouncerFake final : public mcp::Announcer {
 public:
  void announce(mcp::Announcement what) override {
    const std::lock_guard lock(mutex_);
    announced_.push_back(std::move(what));
  }
  std::vector<mcp::Announcement> announced() {
    const std::lock_guard lock(mutex_);
    return announced_;
  }

 private:
  std::mutex mutex_;
  std::vector<mcp::Announcement> announced_;
};

class Host {
 public:
  // Names of files without .so: "hello_c", "faulty/spins", "todo_api"; "greets>other" is a link
  // other.so to it.
  explicit Host(std::vector<std::string> names, RegistrySettings settings = {},
                std::size_t threads = 4)
      : log_(clock_, log_file(), LogLevel::kDebug), executor_("test", threads, 1000) {
    std::string pattern = std::filesystem::temp_directory_path() / "mcph-plugins-XXXXXX";
    directory = mkdtemp(pattern.data());
    std::filesystem::create_directory(directory / "plugins");
    for (const std::string& name : names) {
      const std::size_t link = name.find('>');
      const std::string original = name.substr(0, link);
      const bool is_product = original == "todo_api" || original == "openapi";
      const std::filesystem::path from = is_product ? MCPH_PLUGINS : MCPH_TEST_PLUGINS;
      const std::filesystem::path file = original + ".so";
      if (link != name.npos) {
        const std::string other = name.substr(link + 1) + ".so";
        std::filesystem::create_symlink(from / file, directory / "plugins" / other);
        continue;
      }
      std::filesystem::copy_file(from / file, directory / "plugins" / file.filename());
    }
    settings.directory = directory / "plugins";
    settings.runtime_directory = directory / "run";
    auto opened =
        Registry::open(settings, {clock_, log_, executor_, tokens, http, announcer, &kv, &metrics});
    EXPECT_TRUE(opened.ok()) << (opened.ok() ? "" : opened.error().message);
    if (opened.ok()) registry = std::move(*opened);
  }
  ~Host() {
    if (registry) {
      EXPECT_TRUE(registry->stop(Milliseconds(10'000)));
    }
    registry.reset();
    executor_.stop();
    std::filesystem::remove_all(directory);
  }

  struct Running {
    std::shared_ptr<Observer> observer;
    std::shared_ptr<mcp::RunningCall> call;
  };
  // With a caller and a deadline, when `call` has none. Use designated initialisers for the rest.
  Running begin(mcp::Call call, std::shared_ptr<Observer> observer = std::make_shared<Observer>()) {
    auto caller = std::make_shared<Caller>();
    caller->client = ClientId("client");
    caller->grant = GrantId("grant");
    caller->issuer = "https://auth.example.com";
    caller->subject = subject;
    caller->scopes = scopes;
    call.caller = caller;
    if (call.deadline == SteadyTime{}) call.deadline = in(Milliseconds(20'000));
    call.meta = meta;
    return {observer, registry->call(std::move(call), observer)};
  }
  Running begin(const std::string& tool, const std::string& arguments = "{}",
                Milliseconds timeout = Milliseconds(20'000)) {
    return begin({.name = tool, .arguments = object(arguments), .deadline = in(timeout)});
  }
  mcp::Outcome call(const std::string& tool, const std::string& arguments = "{}",
                    Milliseconds timeout = Milliseconds(20'000)) {
    return begin(tool, arguments, timeout).observer->wait();
  }
  mcp::Outcome ask(mcp::Action action, const std::string& name,
                   const std::string& arguments = "{}") {
    return begin({.action = action, .name = name, .arguments = object(arguments)}).observer->wait();
  }
  mcp::Outcome read(const std::string& uri) { return ask(mcp::Action::kReadResource, uri); }
  SteadyTime in(Milliseconds time) const { return clock_.steady() + time; }
  static json::object object(const std::string& text) { return parse_json(text)->as_object(); }
  // Why the only plugin was refused; empty when it was loaded.
  std::string refusal() const {
    const auto list = registry->list_plugins();
    return list.empty() ? "nothing listed" : list.back().reason;
  }

  std::string logged() const {
    std::ifstream in(log_path_);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  std::filesystem::path directory;
  TokenSource tokens;
  HttpFake http;
  AnnouncerFake announcer;
  test::MemoryKvStore kv;
  MetricRegistry metrics;
  std::string subject = "ada";
  std::vector<std::string> scopes{"tools"};
  std::string meta;
  std::unique_ptr<Registry> registry;

 private:
  int log_file() {
    std::string pattern = std::filesystem::temp_directory_path() / "mcph-log-XXXXXX";
    log_fd_ = mkstemp(pattern.data());
    log_path_ = pattern;
    return log_fd_;
  }
  struct LogFile {  // closed and removed after everything that writes to it
    Host& host;
    ~LogFile() {
      close(host.log_fd_);
      std::filesystem::remove(host.log_path_);
    }
  };

  std::filesystem::path log_path_;
  int log_fd_ = -1;
  LogFile log_closer_{*this};
  SystemClock clock_;
  Log log_;
  Executor executor_;
};

inline RegistrySettings with(const std::string& plugin, PluginSettings settings) {
  RegistrySettings all;
  all.plugins[plugin] = std::move(settings);
  return all;
}

// The text of a result with one text block.
inline std::string text_of(const mcp::Outcome& outcome) {
  const auto blocks = parse_json(outcome.content);
  if (!blocks.ok() || !blocks->is_array() || blocks->get_array().size() != 1)
    return outcome.content;
  return std::string(find_string(blocks->get_array()[0].as_object(), "text").value_or("(no text)"));
}

}  // namespace mcph::plugins
