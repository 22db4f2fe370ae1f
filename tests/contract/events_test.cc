// The event log and answers between two hosts.
#include <condition_variable>
#include <mutex>

#include "store_test.h"

namespace mcph::store {
namespace {

using mcp::EventLog;
using Kind = StreamNews::Kind;

class EventsTest : public StoreTest {
 protected:
  EventsTest() {
    other_ = open_store();
    Store::Hearing hearing;
    hearing.stream_news = [this](const StreamNews& news) {
      const std::lock_guard lock(mutex_);
      heard_.push_back(news);
      changed_.notify_all();
    };
    hearing.forget_all = [this] {
      const std::lock_guard lock(mutex_);
      listening_ = true;
      changed_.notify_all();
    };
    other_->start(std::move(hearing));
    std::unique_lock lock(mutex_);
    EXPECT_TRUE(changed_.wait_for(lock, Seconds{20}, [this] { return listening_; }));
  }
  ~EventsTest() override { other_.reset(); }

  bool hears(const StreamNews& news) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, Seconds{20}, [&] {
      return std::find(heard_.begin(), heard_.end(), news) != heard_.end();
    });
  }
  bool heard_anything() {
    const std::lock_guard lock(mutex_);
    return !heard_.empty();
  }

  EventLog& log() { return store_->events(); }
  Result<> open(const std::string& name, bool followed = false) {
    return log().open({name, hash_of("s"), followed, end_});
  }
  Result<std::int64_t> append(EventLog& to, std::vector<std::string> sealed, bool last = false) {
    return to.append({"c1", std::move(sealed), last, 1000, end_});
  }

  const UnixTime end_ = clock_.now() + Seconds{60};
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<StreamNews> heard_;
  bool listening_ = false;
  std::unique_ptr<Store> other_;
};

TEST_F(EventsTest, AppendedOnOneHostAreReadOnAnother) {
  ASSERT_DONE(open("c1"));
  EXPECT_EQ(*append(log(), {"one", "tw,{\"o\\"}), 2);
  EXPECT_EQ(*append(log(), {"three"}), 3);
  const auto reading = other_->events().read("c1", 1);
  ASSERT_TRUE(reading.ok());
  ASSERT_EQ(reading->events.size(), 2u);
  EXPECT_EQ(reading->events[0].number, 2);
  EXPECT_EQ(reading->events[0].sealed, "tw,{\"o\\");
  EXPECT_EQ(reading->events[1].number, 3);
  EXPECT_EQ(reading->status.last, 3);
  EXPECT_FALSE(reading->status.ended);
  EXPECT_TRUE(other_->events().read("c1", 3)->events.empty());
}

TEST_F(EventsTest, AreToldOfFromTheMomentSomebodyFollows) {
  ASSERT_DONE(open("c1"));
  ASSERT_DONE(append(log(), {"one"}));
  const auto status = log().follow("c1", hash_of("s"), 0, "here");
  ASSERT_TRUE(status.ok());
  EXPECT_EQ(status->last, 1);
  EXPECT_TRUE(hears({Kind::kTaken, "c1", 0, false, "here"}));
  ASSERT_DONE(append(log(), {"two"}));
  EXPECT_TRUE(hears({Kind::kGrown, "c1", 2, false, ""}));
  ASSERT_DONE(append(log(), {}, true));
  EXPECT_TRUE(hears({Kind::kGrown, "c1", 2, true, ""}));
  const std::lock_guard lock(mutex_);
  EXPECT_EQ(heard_.size(), 3u) << "nobody was told of the first";
}

TEST_F(EventsTest, AreFollowedBySessionsOwnClientOnly) {
  ASSERT_DONE(open("c1"));
  EXPECT_REFUSED(log().follow("c1", hash_of("t"), 0, "here"), Code::kNotFound);
  EXPECT_REFUSED(log().follow("c2", hash_of("s"), 0, "here"), Code::kNotFound);
  EXPECT_REFUSED(log().follow("c1", hash_of("s"), 1, "here"), Code::kNotFound);
  EXPECT_FALSE(heard_anything());
}

TEST_F(EventsTest, EndOnce) {
  ASSERT_DONE(open("c1"));
  ASSERT_DONE(append(log(), {"one"}, true));
  EXPECT_REFUSED(append(log(), {"two"}), Code::kNotFound);
  EXPECT_TRUE(log().read("c1", 0)->status.ended);
  ASSERT_DONE(open("c1"));
  EXPECT_TRUE(log().read("c1", 0)->status.ended) << "opening again changes nothing";
}

TEST_F(EventsTest, HaveALimitOfBytesThatForgettingFrees) {
  ASSERT_DONE(open("c1"));
  ASSERT_DONE(append(log(), {std::string(600, 'x')}));
  EXPECT_REFUSED(append(log(), {std::string(600, 'x')}), Code::kLimit);
  ASSERT_DONE(append(log(), {std::string(400, 'x')}));
  ASSERT_DONE(log().forget("c1", 1));
  EXPECT_EQ(*append(log(), {std::string(600, 'x')}), 3);
  const auto reading = log().read("c1", 0);
  ASSERT_EQ(reading->events.size(), 2u);
  EXPECT_EQ(reading->events[0].number, 2);
}

TEST_F(EventsTest, AreNumberedWithoutGapsHoweverManyAppend) {
  ASSERT_DONE(open("c1"));
  at_once(8, [&](int i) {
    EventLog& to = i % 2 == 0 ? log() : other_->events();
    for (int k = 0; k < 5; ++k) ASSERT_DONE(append(to, {"x"}));
  });
  const auto reading = log().read("c1", 0);
  ASSERT_EQ(reading->events.size(), 40u);
  for (std::size_t i = 0; i < 40; ++i) {
    EXPECT_EQ(reading->events[i].number, static_cast<std::int64_t>(i) + 1);
  }
}

TEST_F(EventsTest, AreGoneWhenTheirTimeIsOver) {
  ASSERT_DONE(open("c1"));
  ASSERT_DONE(append(log(), {"one"}));
  clock_.advance(Seconds{60});
  EXPECT_REFUSED(log().read("c1", 0), Code::kNotFound);
  EXPECT_REFUSED(log().follow("c1", hash_of("s"), 0, "here"), Code::kNotFound);
  EXPECT_REFUSED(append(log(), {"two"}), Code::kNotFound);
}

TEST_F(EventsTest, GoWithTheirStream) {
  ASSERT_DONE(open("c1"));
  ASSERT_DONE(append(log(), {"one"}));
  ASSERT_DONE(log().remove("c1"));
  EXPECT_EQ(sql("SELECT count(*) FROM mcph.event"), "0");
  EXPECT_REFUSED(log().read("c1", 0), Code::kNotFound);
}

TEST_F(EventsTest, OfAFollowedStreamAreToldOfFromTheBeginning) {
  ASSERT_DONE(open("c1", true));
  ASSERT_DONE(append(log(), {"one"}));
  EXPECT_TRUE(hears({Kind::kGrown, "c1", 1, false, ""}));
}

TEST_F(EventsTest, AnswersReachTheHostThatAskedOnce) {
  ASSERT_DONE(store_->answers().put("question", "sealed", end_));
  ASSERT_DONE(store_->answers().put("question", "second", end_));
  EXPECT_TRUE(hears({Kind::kAnswered, "question", 0, false, ""}));
  EXPECT_EQ(*other_->answers().take("question"), "sealed");
  EXPECT_EQ(*other_->answers().take("question"), std::nullopt);
  EXPECT_EQ(*other_->answers().take("another"), std::nullopt);
}

TEST(ParseStreamNews, ReadsWhatHostsTell) {
  EXPECT_EQ(parse_stream_news("grown:c1:12:1"), (StreamNews{Kind::kGrown, "c1", 12, true, ""}));
  EXPECT_EQ(parse_stream_news("taken:c1:x"), (StreamNews{Kind::kTaken, "c1", 0, false, "x"}));
  EXPECT_EQ(parse_stream_news("answer:q"), (StreamNews{Kind::kAnswered, "q", 0, false, ""}));
  for (const char* text : {"", "grown", "grown:", "grown:c1", "grown:c1:", "grown:c1:1",
                           "grown:c1:x:0", "grown:c1:1:2", "answer:", "token:00"}) {
    EXPECT_FALSE(parse_stream_news(text)) << text;
  }
}

}  // namespace
}  // namespace mcph::store
