#include "mcp/tasks/task_changes.h"

#include <gtest/gtest.h>

#include "mcp/client_capabilities.h"
#include "mcp/limits.h"
#include "mcp/tasks/task_json.h"
#include "mcp/tasks/task_outcome.h"
#include "unit/mcp/tasks/task_host.h"

namespace mcph::test {
namespace {

using Kind = mcp::Outcome::Kind;
using mcp::Task;
using mcp::TaskStatus;

const UnixTime kThen = from_unix(1'800'000'000);
const UnixTime kNow = kThen + Seconds{5};

Task make_task() {
  Task task;
  task.id = "t";
  task.created_at = task.updated_at = kThen;
  task.expires_at = kThen + Seconds{3600};
  task.tool = "job";
  task.capabilities = mcp::kCanElicitForm | mcp::kHasRoots;
  return task;
}

json::object detail(const Task& task) {
  std::string text = "{";
  append_detailed_task(text, task, Milliseconds{200});
  return parse_json(text + "}")->as_object();
}

mcp::Outcome make_outcome(Kind kind, std::string text = {}) {
  mcp::Outcome outcome;
  outcome.kind = kind;
  outcome.text = std::move(text);
  return outcome;
}

json::object parse(std::string_view text) {
  return parse_json(text)->as_object();
}

TEST(TaskJson, IsFlatWithTimesInIso8601) {
  const json::object seen = detail(make_task());
  EXPECT_EQ(seen, parse(R"({"taskId":"t","status":"working","createdAt":"2027-01-15T08:00:00Z",
      "lastUpdatedAt":"2027-01-15T08:00:00Z","ttlMs":3600000,"pollIntervalMs":200})"));
}

TEST(FinishTask, AResultCompletesIt) {
  mcp::Outcome outcome = make_text_outcome("done");
  outcome.structured = R"({"n":1})";
  const Task task = finish(make_task(), outcome, kNow);
  EXPECT_EQ(task.status, TaskStatus::kCompleted);
  EXPECT_EQ(task.version, 2);
  EXPECT_EQ(task.updated_at, kNow);
  EXPECT_EQ(detail(task).at("result"),
            json::value(parse(R"({"content":[{"type":"text","text":"done"}],
                                  "structuredContent":{"n":1},"resultType":"complete"})")));
  EXPECT_FALSE(detail(task).contains("error"));
}

TEST(FinishTask, StructuredContentAloneIsTextToo) {
  mcp::Outcome outcome;
  outcome.structured = "[1]";
  const json::object seen = detail(finish(make_task(), outcome, kNow));
  EXPECT_EQ(seen.at("result").at("content").at(0).at("text"), "[1]");
}

TEST(FinishTask, AnErrorOfTheToolCompletesIt) {
  mcp::Outcome outcome = make_text_outcome("no");
  outcome.is_error = true;
  const json::object failed = detail(finish(make_task(), outcome, kNow));
  EXPECT_EQ(failed.at("status"), "completed");
  EXPECT_EQ(failed.at("result").at("isError"), true);
  const json::object refused =
      detail(finish(make_task(), make_outcome(Kind::kBadArguments, "n is missing"), kNow));
  EXPECT_EQ(refused.at("status"), "completed");
  EXPECT_EQ(refused.at("result").at("isError"), true);
  EXPECT_EQ(refused.at("result").at("content").at(0).at("text"), "n is missing");
}

TEST(FinishTask, WhatWouldBeAJsonRpcErrorFailsIt) {
  struct Case {
    Kind kind;
    const char* text;
    int code;
    const char* message;
  };
  for (const Case& one : {Case{Kind::kInvalidParams, "bad n", -32602, "bad n"},
                          Case{Kind::kUnknown, "", -32602, "Unknown tool: job"},
                          Case{Kind::kFailed, "boom", -32603, "boom"},
                          Case{Kind::kFailed, "", -32603, "Internal error"},
                          Case{Kind::kOverloaded, "full", -32603, "full"}}) {
    const json::object seen = detail(finish(make_task(), make_outcome(one.kind, one.text), kNow));
    EXPECT_EQ(seen.at("status"), "failed");
    EXPECT_EQ(seen.at("error").at("code"), one.code) << one.message;
    EXPECT_EQ(seen.at("error").at("message"), one.message);
    EXPECT_EQ(seen.at("statusMessage"), one.message);
    EXPECT_FALSE(seen.contains("result"));
  }
}

TEST(AskInTask, ShowsTheQuestions) {
  const json::object seen = detail(finish(make_task(), make_task_question(kAsksForName), kNow));
  EXPECT_EQ(seen.at("status"), "input_required");
  EXPECT_EQ(seen.at("inputRequests"), json::value(parse(kAsksForName)));
}

TEST(AskInTask, NeverUsesAKeyTwiceInALife) {
  Task task = finish(make_task(), make_task_question(kAsksForName), kNow);
  std::vector<std::string> keys;
  for (int round = 0; round < 3; ++round) {
    ASSERT_EQ(task.questions.size(), 1u);
    keys.push_back(task.questions[0].key);
    json::object responses;
    responses[keys.back()] = json::object{{"action", "accept"}, {"round", round}};
    task = *answer(task, responses, kNow);
    // The plugin knows its own names only.
    EXPECT_EQ(make_input_responses(task),
              R"({"name":{"action":"accept","round":)" + std::to_string(round) + "}}");
    task = finish(task, make_task_question(kAsksForName), kNow);
  }
  EXPECT_EQ(keys, (std::vector<std::string>{"name", "name-2", "name-3"}));
}

TEST(AskInTask, WithoutAQuestionOrTooOftenFails) {
  for (const char* requests : {"{}", "[]", "nonsense"}) {
    EXPECT_EQ(finish(make_task(), make_task_question(requests), kNow).status, TaskStatus::kFailed);
  }
  Task late = make_task();
  late.attempt = mcp::limits::kInputRoundsMax;
  EXPECT_EQ(finish(late, make_task_question(kAsksForName), kNow).status, TaskStatus::kFailed);
}

TEST(AskInTask, ForWhatTheClientCannotDoFails) {
  Task task = make_task();
  task.capabilities = mcp::kHasRoots;
  const json::object seen = detail(finish(task, make_task_question(kAsksForName), kNow));
  EXPECT_EQ(seen.at("status"), "failed");
  EXPECT_EQ(seen.at("error").at("code"), -32021);
  EXPECT_TRUE(
      seen.at("error").at("data").at("requiredCapabilities").as_object().contains("elicitation"));
}

TEST(AnswerTask, InPartsLeavesTheRestOutstanding) {
  const Task task = finish(make_task(), make_task_question(R"({"a":{"method":"roots/list"},
                                                          "b":{"method":"roots/list"}})"),
                           kNow);
  const auto half = answer(task, parse(R"({"a":{"action":"accept"}})"), kNow);
  ASSERT_TRUE(half.has_value());
  const json::object seen = detail(*half);
  EXPECT_EQ(seen.at("status"), "input_required");
  EXPECT_EQ(seen.at("inputRequests").as_object().size(), 1u);
  EXPECT_TRUE(seen.at("inputRequests").as_object().contains("b"));
  const auto whole = answer(*half, parse(R"({"b":{"action":"decline"}})"), kNow);
  ASSERT_TRUE(whole.has_value());
  EXPECT_EQ(whole->status, TaskStatus::kWorking);
  EXPECT_EQ(make_input_responses(*whole), R"({"a":{"action":"accept"},"b":{"action":"decline"}})");
}

TEST(AnswerTask, LeavesOutWhatWasNotAskedOrIsNoAnswer) {
  const Task task = finish(make_task(), make_task_question(kAsksForName), kNow);
  EXPECT_FALSE(answer(task, parse(R"({"other":{}})"), kNow).has_value());
  for (const char* wrong : {"7", "null", "{}", R"({"action":"perhaps"})"}) {
    EXPECT_FALSE(answer(task, parse(R"({"name":)" + std::string(wrong) + "}"), kNow).has_value());
  }
  EXPECT_FALSE(answer(task, parse("{}"), kNow).has_value());
  EXPECT_FALSE(answer(make_task(), parse(R"({"name":{"action":"accept"}})"), kNow).has_value());
}

TEST(AnswerTask, KeepsTheFirstAnswer) {
  const Task task = finish(make_task(), make_task_question(R"({"a":{"method":"roots/list"},
                                                          "b":{"method":"roots/list"}})"),
                           kNow);
  const Task half = *answer(task, parse(R"({"a":{"action":"accept"}})"), kNow);
  EXPECT_FALSE(answer(half, parse(R"({"a":{"action":"cancel"}})"), kNow).has_value());
}

TEST(CancelTask, KeepsNothingOfTheCall) {
  const Task task =
      cancel(finish(make_task(), make_task_question(kAsksForName, "secret"), kNow), kNow);
  EXPECT_EQ(task.status, TaskStatus::kCancelled);
  EXPECT_TRUE(task.state.empty() && task.arguments.empty() && task.questions.empty());
  EXPECT_FALSE(detail(task).contains("inputRequests"));
}

}  // namespace
}  // namespace mcph::test
