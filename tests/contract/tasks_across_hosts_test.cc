// Tasks from end to end on a real database: two hosts, each with an endpoint and a catalogue of its
// own, and one client that asks whichever it meets.
#include <atomic>

#include "store_test.h"
#include "unit/mcp/support/endpoint_host.h"

namespace mcph::store {
namespace {

using test::Answer;

// A host as the client sees it.
class TaskHost {
 public:
  explicit TaskHost(std::unique_ptr<Store> store)
      : store_(std::move(store)),
        host_(test::EndpointHost::default_options(), test::make_key_ring(), nullptr,
              &store_->tasks()) {
    Store::Hearing hearing;
    hearing.invalidate = [this](const Invalidation& what) { hear(what); };
    hearing.forget_all = [this] { listening_ = true; };
    store_->start(std::move(hearing));
  }
  ~TaskHost() {
    const std::lock_guard lock(mutex_);
    listening_ = false;
  }

  test::FakeCatalog& catalog() { return host_.catalog; }
  mcp::Endpoint& endpoint() { return host_.endpoint; }
  bool listening() const { return listening_; }

  Answer ask(std::string_view method, const std::string& named_by, const std::string& name,
             const std::string& more = {}) {
    const std::string params = "{\"" + named_by + "\":\"" + name + "\"," + more +
                               R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",
           "io.modelcontextprotocol/clientCapabilities":{"elicitation":{},
             "extensions":{"io.modelcontextprotocol/tasks":{}}}}})";
    return host_.post({test::kModernVersion, {"Mcp-Method", method}, {"Mcp-Name", name}},
                      test::request("1", method, params));
  }
  // Calls `job`, which becomes a task: its id.
  std::string call() {
    return std::string(ask("tools/call", "name", "job").result().at("taskId").as_string());
  }
  json::object get(const std::string& id) { return ask("tasks/get", "taskId", id).result(); }
  Answer cancel(const std::string& id) { return ask("tasks/cancel", "taskId", id); }
  Answer update(const std::string& id, const std::string& responses) {
    return ask("tasks/update", "taskId", id, R"("inputResponses":)" + responses + ",");
  }
  std::string status(const std::string& id) {
    return std::string(get(id).at("status").as_string());
  }

 private:
  // The store, which tells, lives longer than the endpoint.
  void hear(const Invalidation& what) {
    const std::lock_guard lock(mutex_);
    if (!listening_ || what.kind != Invalidation::Kind::kTask) return;
    host_.endpoint.note_task_changed(what.id);
  }

  std::mutex mutex_;
  std::atomic<bool> listening_{false};
  std::unique_ptr<Store> store_;
  test::EndpointHost host_;
};

bool wait_until(const std::function<bool()>& condition) {
  for (int tries = 0; tries < 1000; ++tries) {
    if (condition()) return true;
    std::this_thread::sleep_for(Milliseconds{10});
  }
  return false;
}

class TasksAcrossHosts : public StoreTest {
 protected:
  TasksAcrossHosts() {
    EXPECT_TRUE(wait_until([this] { return a_.listening() && b_.listening(); }));
    for (TaskHost* host : {&a_, &b_}) {
      // Asks for what `questions_` says in its first round, and answers with what it was told.
      host->catalog().add_task_tool("job", mcp::TaskUse::kRequired,
                                    [this](const mcp::Call& call, mcp::CallObserver& observer) {
                                      EXPECT_TRUE(observer.become_task());
                                      if (call.attempt == 0)
                                        return test::make_question(questions_, "state");
                                      ++finished_;
                                      EXPECT_EQ(call.state, "state");
                                      return test::make_text_outcome(call.input_responses);
                                    });
    }
  }

  TaskHost a_{open_store()};
  TaskHost b_{open_store()};
  std::string questions_ =
      R"({"name":{"method":"elicitation/create","params":{"message":"Name?"}}})";
  std::atomic<int> finished_{0};
};

TEST_F(TasksAcrossHosts, AskedOnOneAndAnsweredOnTheOther) {
  const std::string id = a_.call();
  ASSERT_TRUE(wait_until([&] { return b_.status(id) == "input_required"; }));
  EXPECT_TRUE(b_.get(id).at("inputRequests").as_object().contains("name"));
  EXPECT_EQ(b_.update(id, R"({"name":{"action":"decline"}})").result().at("resultType"),
            "complete");
  ASSERT_TRUE(wait_until([&] { return a_.status(id) == "completed"; }));
  EXPECT_EQ(a_.get(id).at("result").at("content").at(0).at("text"),
            R"({"name":{"action":"decline"}})");
  EXPECT_EQ(sql("SELECT status, lease_until IS NULL FROM mcph.task"), "completed|t");
}

TEST_F(TasksAcrossHosts, AnsweredInPartsOnBothAtOnceGoOnOnce) {
  questions_ = R"({"x":{"method":"elicitation/create","params":{"message":"X?"}},
                   "y":{"method":"elicitation/create","params":{"message":"Y?"}}})";
  for (int round = 1; round <= 5; ++round) {
    const std::string id = a_.call();
    ASSERT_TRUE(wait_until([&] { return b_.status(id) == "input_required"; }));
    at_once(2, [&](int i) {
      TaskHost& host = i == 0 ? a_ : b_;
      const std::string key = i == 0 ? "x" : "y";
      const Answer answer = host.update(id, "{\"" + key + R"(":{"action":"accept"}})");
      EXPECT_EQ(answer.status, 200) << answer.body;
    });
    ASSERT_TRUE(wait_until([&] { return a_.status(id) == "completed"; }));
    EXPECT_EQ(finished_, round);
  }
}

TEST_F(TasksAcrossHosts, CancelledOnTheOtherStopTheirCall) {
  a_.catalog().add_task_tool("job", mcp::TaskUse::kRequired, nullptr);
  std::string id;
  std::thread client([&] { id = a_.call(); });
  ASSERT_TRUE(wait_until([&] { return a_.catalog().pending() != nullptr; }));
  const auto call = a_.catalog().pending();
  EXPECT_TRUE(call->become_task());
  client.join();
  EXPECT_EQ(b_.status(id), "working");
  EXPECT_EQ(b_.cancel(id).status, 200);
  EXPECT_EQ(b_.status(id), "cancelled");
  EXPECT_TRUE(wait_until([&] { return call->cancelled(); })) << "the other host was not told";
  EXPECT_EQ(a_.status(id), "cancelled");
}

TEST_F(TasksAcrossHosts, OfAHostThatDiedFailAndOfOneThatTendsThemDoNot) {
  a_.catalog().add_task_tool("job", mcp::TaskUse::kRequired, nullptr);
  std::string id;
  std::thread client([&] { id = a_.call(); });
  ASSERT_TRUE(wait_until([&] { return a_.catalog().pending() != nullptr; }));
  const auto call = a_.catalog().pending();
  EXPECT_TRUE(call->become_task());
  client.join();
  const std::string time_goes_by =
      "UPDATE mcph.task SET lease_until = clock_timestamp() - interval '1 second'";
  sql(time_goes_by);
  a_.endpoint().tend_tasks();
  EXPECT_EQ(b_.status(id), "working");
  sql(time_goes_by);
  const json::object failed = b_.get(id);
  EXPECT_EQ(failed.at("status"), "failed");
  EXPECT_EQ(failed.at("error").at("message"), "The host that ran the task has gone");
  EXPECT_TRUE(wait_until([&] { return call->cancelled(); }));
}

TEST_F(TasksAcrossHosts, ShowTheDatabaseNothingOfThem) {
  const std::string id = a_.call();
  ASSERT_TRUE(wait_until([&] { return b_.status(id) == "input_required"; }));
  EXPECT_EQ(sql("SELECT count(*) FROM mcph.task WHERE sealed LIKE '%Name%' OR sealed LIKE '%job%'"),
            "0");
}

}  // namespace
}  // namespace mcph::store
