// Announcements between two hosts.
#include <condition_variable>
#include <mutex>

#include "store/pg_announcer.h"
#include "store_test.h"

namespace mcph::store {
namespace {

using Kind = mcp::Announcement::Kind;
using mcp::Announcement;
using mcp::NumberedAnnouncement;

// A host that remembers what it hears.
class Listening {
 public:
  explicit Listening(std::unique_ptr<Store> store) : store_(std::move(store)) {
    Store::Hearing hearing;
    hearing.announced = [this](const Announcement& what, std::int64_t number) {
      const std::lock_guard lock(mutex_);
      heard_.push_back({number, what});
      changed_.notify_all();
    };
    hearing.forget_all = [this] {
      const std::lock_guard lock(mutex_);
      ++connects_;
      changed_.notify_all();
    };
    store_->start(std::move(hearing));
    EXPECT_TRUE(wait([this] { return connects_ >= 1; }));
  }
  ~Listening() { store_.reset(); }

  bool wait(const std::function<bool()>& condition) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, Seconds{20}, condition);
  }
  bool hears(std::size_t count) {
    return wait([&] { return heard_.size() >= count; });
  }
  std::vector<NumberedAnnouncement> heard() {
    const std::lock_guard lock(mutex_);
    return heard_;
  }
  Store& operator*() { return *store_; }
  Store* operator->() { return store_.get(); }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<NumberedAnnouncement> heard_;
  int connects_ = 0;
  std::unique_ptr<Store> store_;
};

class AnnouncementsTest : public StoreTest {};

TEST_F(AnnouncementsTest, ReachEveryHostAndTheirOwn) {
  Listening a(open_store());
  Listening b(open_store());
  a->announcer().announce({Kind::kToolsChanged, {}});
  b->announcer().announce({Kind::kResourceUpdated, "todo://1:2/ä"});
  ASSERT_TRUE(a.hears(2));
  ASSERT_TRUE(b.hears(2));
  EXPECT_EQ(a.heard(), b.heard()) << "in the same order, with the same numbers";
  EXPECT_LT(a.heard()[0].number, a.heard()[1].number);
  EXPECT_GT(a.heard()[0].number, 0);
}

TEST_F(AnnouncementsTest, AreKeptInTheOrderInWhichHostsHearThem) {
  Listening a(open_store());
  Listening b(open_store());
  at_once(8, [&](int i) {
    (i % 2 == 0 ? *a : *b).announcer().announce({Kind::kResourceUpdated, std::to_string(i)});
  });
  ASSERT_TRUE(a.hears(8));
  ASSERT_TRUE(b.hears(8));
  EXPECT_EQ(a.heard(), b.heard());
  const auto logged = a->announcements().load_after(0, 100);
  ASSERT_TRUE(logged.ok());
  EXPECT_EQ(*logged, a.heard());
  const std::int64_t third = a.heard()[2].number;
  EXPECT_EQ(b->announcements().load_after(third, 2)->size(), 2u);
  EXPECT_EQ(b->announcements().load_after(third, 2)->front(), a.heard()[3]);
  EXPECT_EQ(*b->announcements().load_last(), a.heard().back().number);
}

TEST_F(AnnouncementsTest, WithoutAnyTheLastNumberIsZero) {
  EXPECT_EQ(*store_->announcements().load_last(), 0);
  EXPECT_TRUE(store_->announcements().load_after(0, 10)->empty());
}

TEST_F(AnnouncementsTest, OfTheWholeLengthFitIntoANotification) {
  Listening a(open_store());
  const std::string uri(PgAnnouncer::kUriBytesMax, 'u');
  a->announcer().announce({Kind::kResourceUpdated, uri + "u"});  // one too long: dropped
  a->announcer().announce({Kind::kResourceUpdated, uri});
  ASSERT_TRUE(a.hears(1));
  EXPECT_EQ(a.heard()[0].what.uri, uri);
}

TEST_F(AnnouncementsTest, ThatAreNoTextAreDropped) {
  Listening a(open_store());
  a->announcer().announce({Kind::kResourceUpdated, "\xff"});
  a->announcer().announce({Kind::kResourceUpdated, std::string("a\0b", 3)});
  a->announcer().announce({Kind::kPromptsChanged, {}});
  ASSERT_TRUE(a.hears(1));
  EXPECT_EQ(a.heard()[0].what.kind, Kind::kPromptsChanged);
}

TEST_F(AnnouncementsTest, AreHeardByTheirOwnHostWhileTheDatabaseIsDown) {
  Listening a(open_store());
  cluster().stop();
  a->announcer().announce({Kind::kToolsChanged, {}});
  EXPECT_TRUE(a.hears(1));
  EXPECT_EQ(a.heard()[0], (NumberedAnnouncement{0, {Kind::kToolsChanged, {}}}));
  cluster().start();
}

TEST(ParseAnnouncement, ReadsWhatHostsTell) {
  EXPECT_EQ(parse_announcement("announce:12:updated:a:b"),
            (NumberedAnnouncement{12, {Kind::kResourceUpdated, "a:b"}}));
  EXPECT_EQ(parse_announcement("announce:1:tools:"),
            (NumberedAnnouncement{1, {Kind::kToolsChanged, ""}}));
  for (const char* text :
       {"", "announce:", "announce:1", "announce:1:", "announce:x:tools:", "announce:0:tools:",
        "announce:1:novelty:", "announce:1:tools", "token:00"}) {
    EXPECT_FALSE(parse_announcement(text)) << text;
  }
}

}  // namespace
}  // namespace mcph::store
