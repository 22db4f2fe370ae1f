#include "todo_api/faults.h"

#include <gtest/gtest.h>

#include <optional>

#include "base/json.h"

namespace mcph::todo_api {
namespace {

class RecordedExchange final : public Exchange {
 public:
  void respond(Response response) override { answer = std::move(response); }
  std::shared_ptr<EventStream> open_stream(Response) override { return nullptr; }
  void on_client_gone(std::function<void()>) override {}
  std::optional<Response> answer;
};

class FaultsTest : public ::testing::Test {
 protected:
  int configure(std::string body) {
    Request request;
    request.method = Method::kPost;
    request.target = std::string(Faults::kPath);
    request.body = std::move(body);
    return faults_.configure(request).status;
  }
  // The answer of a fault, or nothing when there was none or it hangs.
  std::optional<Response> take(bool expected) {
    const auto exchange = std::make_shared<RecordedExchange>();
    EXPECT_EQ(faults_.take(exchange), expected);
    return exchange->answer;
  }
  Faults faults_;
};

TEST_F(FaultsTest, DoesNothingUnasked) {
  EXPECT_FALSE(take(false));
}

TEST_F(FaultsTest, AnswersAStatusAsOftenAsAsked) {
  EXPECT_EQ(configure(R"({"action":"status","status":503,"times":2})"), 200);
  for (int i = 0; i < 2; ++i) {
    const auto answer = take(true);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 503);
  }
  take(false);
}

TEST_F(FaultsTest, AnswersJsonThatEndsHalfWay) {
  EXPECT_EQ(configure(R"({"action":"garbage"})"), 200);
  const auto answer = take(true);
  ASSERT_TRUE(answer);
  EXPECT_FALSE(parse_json(answer->body).ok());
  take(false);
}

TEST_F(FaultsTest, LeavesARequestWithoutAnAnswer) {
  EXPECT_EQ(configure(R"({"action":"hang"})"), 200);
  EXPECT_FALSE(take(true));
  take(false);
}

TEST_F(FaultsTest, RefusesOrdersItDoesNotKnow) {
  EXPECT_EQ(configure("x"), 400);
  EXPECT_EQ(configure(R"({"action":"explode"})"), 422);
}

}  // namespace
}  // namespace mcph::todo_api
