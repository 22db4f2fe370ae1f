// What is asked of legacy clients, and how their answers find the host that waits for them.
#include "mcp/legacy/questions.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crypto/hash.h"
#include "crypto/key_ring.h"
#include "unit/mcp/support/endpoint_host.h"

namespace mcph::test {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kOneQuestion =
    R"({"name":{"method":"elicitation/create","params":{"mode":"form","message":"Who?"}}})";

mcp::OpenSessionPtr make_session(mcp::Version version = mcp::Version::k2025_11_25,
                                 std::string id = "session") {
  mcp::Session session;
  session.version = version;
  return std::make_shared<mcp::OpenSession>(id, session, crypto::sha256(id));
}

// One host's questions, and the stream of one client's request.
class Asking {
 public:
  explicit Asking(MemoryAnswerStore& answers, char key = 'k')
      : ring_(make_key_ring(key)),
        questions({answers, executor_, clock, log_}, ring_, random_),
        exchange(std::make_shared<RecordingExchange>()),
        reply(std::make_shared<mcp::HttpReply>(exchange, mcp::Accepts{})) {}
  ~Asking() {
    executor_.stop();
    ::close(null_fd_);
  }

  void ask(std::string_view requests, const mcp::OpenSessionPtr& of = make_session()) {
    questions.ask(of, reply, std::string(requests), clock.steady() + Seconds{60},
                  [this](Result<std::string> answer) {
                    ++answered;
                    responses = std::move(answer);
                  });
  }
  // What was sent to the client, in order.
  std::vector<json::value> messages() const {
    std::vector<json::value> all;
    const std::string text = exchange->stream() ? exchange->stream()->text() : "";
    for (std::size_t at = text.find("data: "); at != text.npos; at = text.find("data: ", at + 1)) {
      all.push_back(*parse_json(text.substr(at + 6, text.find('\n', at) - at - 6)));
    }
    return all;
  }
  std::string id_of(std::size_t question) const {
    return std::string(view(messages().at(question).at("id").as_string()));
  }
  void respond(const std::string& id, std::string_view rest,
               const mcp::OpenSessionPtr& of = make_session()) {
    json::value body =
        *parse_json(R"({"jsonrpc":"2.0","id":")" + id + "\"," + std::string(rest) + "}");
    mcp::JsonToken token;
    const auto message = mcp::read_message(body, token);
    questions.take_response(*of, std::get<mcp::Message>(message));
    settle();
  }
  void settle() {
    std::promise<void> done;
    ASSERT_TRUE(executor_.submit([&done] { done.set_value(); }));
    done.get_future().wait();
  }

  FakeClock clock;

 private:
  const int null_fd_ = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  FakeRandom random_;
  const Log log_{clock, null_fd_, LogLevel::kError};
  const crypto::KeyRing ring_;
  Executor executor_{"test", 1, 16};

 public:
  mcp::Questions questions;
  const std::shared_ptr<RecordingExchange> exchange;
  const mcp::ReplyPtr reply;
  std::atomic<int> answered{0};
  Result<std::string> responses = std::string();
};

TEST(Questions, TravelOnTheStreamOfTheRequestAndComeBackUnderTheirKeys) {
  MemoryAnswerStore answers;
  Asking host(answers);
  host.ask(R"({"a":{"method":"roots/list"},
               "b":{"method":"sampling/createMessage","params":{"maxTokens":1}}})");
  ASSERT_EQ(host.messages().size(), 2u);
  for (const json::value& message : host.messages()) {
    const bool roots = message.at("method").as_string() == "roots/list";
    const std::string id(view(message.at("id").as_string()));
    EXPECT_EQ(host.answered, 0);
    host.respond(id, roots ? R"("result":{"roots":[]})" : R"("result":{"model":"m"})");
  }
  EXPECT_EQ(host.answered, 1);
  ASSERT_TRUE(host.responses.ok());
  EXPECT_EQ(*parse_json(*host.responses), *parse_json(R"({"a":{"roots":[]},"b":{"model":"m"}})"));
  EXPECT_EQ(host.questions.waiting(), 0u);
  EXPECT_EQ(answers.count(), 0u) << "an answer at the right host never touches the database";
}

TEST(Questions, HaveNoModeWhereRevisionsKnowNone) {
  MemoryAnswerStore answers;
  Asking host(answers);
  host.ask(kOneQuestion, make_session(mcp::Version::k2025_06_18));
  EXPECT_EQ(to_json(host.messages().at(0).at("params")), R"({"message":"Who?"})");
}

TEST(Answers, ReachTheHostThatAskedFromAnyOther) {
  MemoryAnswerStore answers;
  Asking a(answers);
  Asking b(answers);
  answers.answered = [&](const std::string& question) {
    a.questions.note_answer(question);
    b.questions.note_answer(question);
  };
  a.ask(kOneQuestion);
  b.respond(a.id_of(0), R"("result":{"action":"accept","content":{"name":"Ann"}})");
  a.settle();
  EXPECT_EQ(a.answered, 1);
  ASSERT_TRUE(a.responses.ok());
  EXPECT_EQ(*a.responses, R"({"name":{"action":"accept","content":{"name":"Ann"}}})");
  EXPECT_EQ(answers.count(), 0u);
}

TEST(Answers, AreFoundWhenTheirNotificationWasLost) {
  MemoryAnswerStore answers;
  Asking a(answers);
  Asking b(answers);
  a.ask(kOneQuestion);
  b.respond(a.id_of(0), R"("result":{"action":"decline"})");
  EXPECT_EQ(a.answered, 0);
  a.questions.look_for_answers();
  a.settle();
  EXPECT_EQ(a.answered, 1);
}

TEST(Answers, LieInTheDatabaseSealed) {
  MemoryAnswerStore answers;
  Asking a(answers);
  Asking b(answers);
  a.ask(kOneQuestion);
  const std::string id = a.id_of(0);
  b.respond(id, R"("result":{"action":"accept","content":{"name":"Ann"}})");
  EXPECT_THAT(**answers.take(id), Not(HasSubstr("Ann")));
}

TEST(Answers, ToWhatWasNeverAskedInThatSessionAreDropped) {
  MemoryAnswerStore answers;
  Asking a(answers);
  Asking b(answers);
  Asking stranger(answers, 'x');
  a.ask(kOneQuestion);
  stranger.ask(kOneQuestion);
  b.respond("made-up", R"("result":{})");
  b.respond(stranger.id_of(0), R"("result":{})");
  b.respond(a.id_of(0), R"("result":{})", make_session(mcp::Version::k2025_11_25, "other"));
  a.respond(a.id_of(0), R"("result":{})", make_session(mcp::Version::k2025_11_25, "other"));
  EXPECT_EQ(answers.count(), 0u);
  EXPECT_EQ(a.answered, 0);
}

TEST(Answers, ThatRefuseEndTheRoundAndTakeTheOtherQuestionsBack) {
  MemoryAnswerStore answers;
  Asking host(answers);
  host.ask(R"({"a":{"method":"roots/list"},"b":{"method":"roots/list"}})");
  host.respond(host.id_of(0), R"("error":{"code":-1,"message":"User said no"})");
  EXPECT_EQ(host.answered, 1);
  ASSERT_FALSE(host.responses.ok());
  EXPECT_EQ(host.responses.error().message, "The client refused to answer: User said no");
  ASSERT_EQ(host.messages().size(), 3u);
  EXPECT_EQ(host.messages()[2].at("method").as_string(), "notifications/cancelled");
  EXPECT_EQ(host.messages()[2].at("params").at("requestId"), host.messages()[1].at("id"));
  EXPECT_EQ(host.questions.waiting(), 0u);
  host.respond(host.id_of(1), R"("result":{})");
  EXPECT_EQ(host.answered, 1);
}

TEST(Answers, ThatAreNoResultsRefuseToo) {
  MemoryAnswerStore answers;
  for (const char* rest :
       {R"("result":1)", R"("result":null)", R"("error":"no")", R"("error":{"message":1})"}) {
    Asking host(answers);
    host.ask(kOneQuestion);
    host.respond(host.id_of(0), rest);
    EXPECT_EQ(host.answered, 1) << rest;
    EXPECT_FALSE(host.responses.ok()) << rest;
  }
}

TEST(Answers, OfUnreasonableSizeRefuse) {
  MemoryAnswerStore answers;
  Asking host(answers);
  host.ask(kOneQuestion);
  host.respond(host.id_of(0),
               R"("result":{"text":")" + std::string(mcp::limits::kAnswerBytesMax, 'x') + "\"}");
  EXPECT_EQ(host.answered, 1);
  EXPECT_EQ(host.responses.error().code, Code::kLimit);
}

TEST(Questions, WaitNoLongerThanTheirDeadline) {
  MemoryAnswerStore answers;
  Asking host(answers);
  host.ask(kOneQuestion);
  host.questions.check_deadlines();
  EXPECT_EQ(host.answered, 0);
  host.clock.advance(Seconds{60});
  host.questions.check_deadlines();
  EXPECT_EQ(host.answered, 1);
  EXPECT_EQ(host.responses.error().code, Code::kTimeout);
  EXPECT_EQ(host.messages().back().at("method").as_string(), "notifications/cancelled");
  EXPECT_EQ(host.questions.waiting(), 0u);
}

TEST(Questions, OfACancelledCallAreTakenBackAndNeverAnswered) {
  MemoryAnswerStore answers;
  Asking host(answers);
  host.ask(kOneQuestion);
  const std::string id = host.id_of(0);
  host.questions.withdraw(host.reply);
  ASSERT_EQ(host.messages().size(), 2u);
  EXPECT_EQ(host.messages()[1].at("params").at("requestId").as_string(), id);
  host.respond(id, R"("result":{})");
  EXPECT_EQ(host.answered, 0);
  EXPECT_EQ(host.questions.waiting(), 0u);
}

TEST(Questions, EndWithTheirSession) {
  MemoryAnswerStore answers;
  Asking host(answers);
  host.ask(kOneQuestion);
  host.questions.end_session(crypto::sha256("session"));
  EXPECT_EQ(host.answered, 1);
  EXPECT_FALSE(host.responses.ok());
}

TEST(Questions, CannotBePutToAClientThatReadsNoEvents) {
  MemoryAnswerStore answers;
  Asking host(answers);
  const auto plain = std::make_shared<mcp::HttpReply>(host.exchange, mcp::Accepts{true, false});
  Result<std::string> got = std::string();
  host.questions.ask(make_session(), plain, std::string(kOneQuestion),
                     host.clock.steady() + Seconds{1},
                     [&got](Result<std::string> answer) { got = std::move(answer); });
  EXPECT_EQ(got.error().code, Code::kUnavailable);
  EXPECT_EQ(host.questions.waiting(), 0u);
}

TEST(Questions, ThatAPluginGotWrongAreNotSent) {
  MemoryAnswerStore answers;
  std::string many = "{";
  for (std::size_t i = 0; i <= mcp::limits::kQuestionsPerRoundMax; ++i) {
    many +=
        (i > 0 ? "," : "") + std::string("\"") + std::to_string(i) + R"(":{"method":"roots/list"})";
  }
  for (const std::string& requests :
       {std::string(""), std::string("{}"), std::string("[]"), std::string(R"({"a":1})"),
        std::string(R"({"a":{"params":{}}})"),
        std::string(R"({"a":{"method":"roots/list","params":1}})"), many + "}"}) {
    Asking host(answers);
    host.ask(requests);
    EXPECT_EQ(host.answered, 1) << requests;
    EXPECT_FALSE(host.responses.ok()) << requests;
    EXPECT_FALSE(host.exchange->answered()) << requests;
  }
}

TEST(QuestionIds, AreDifferentEachTime) {
  FakeRandom random;
  const mcp::QuestionIds ids(make_key_ring(), random);
  const std::string hash = crypto::sha256("s");
  const std::string id = ids.make(hash);
  EXPECT_NE(id, ids.make(hash));
  EXPECT_TRUE(ids.is_of(hash, id));
  EXPECT_FALSE(ids.is_of(crypto::sha256("t"), id));
  EXPECT_FALSE(ids.is_of(hash, id.substr(1)));
  EXPECT_FALSE(ids.is_of(hash, ""));
}

}  // namespace
}  // namespace mcph::test
