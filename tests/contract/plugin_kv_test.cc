// What plugins keep: apart from each other, with quotas that hold against racers.
#include <atomic>

#include "store_test.h"

namespace mcph::store {
namespace {

using plugins::KvQuota;
using plugins::KvSpace;

class PluginKv : public StoreTest {
 protected:
  plugins::KvStore& kv() { return store_->plugin_kv(); }
  std::string value(const KvSpace& space, const std::string& key) {
    const auto found = kv().find(space, key);
    if (!found.ok()) return "error: " + found.error().message;
    return *found ? (*found)->value : "(none)";
  }
  const KvSpace ada{"notes", "https://auth.example.com", "ada"};
  const KvSpace own{"notes", "", ""};
  const KvQuota quota{100, 10'000};
};

TEST_F(PluginKv, KeepsBytesForEveryHost) {
  const std::string bytes("\0\x01\xff v", 6);
  const auto version = kv().put(ada, {"k", bytes, {}, {}}, quota);
  ASSERT_DONE(version);
  const auto other = open_store();
  const auto found = other->plugin_kv().find(ada, "k");
  ASSERT_DONE(found);
  EXPECT_EQ((*found)->value, bytes);
  EXPECT_EQ((*found)->version, **version);
}

TEST_F(PluginKv, KeepsSpacesApart) {
  ASSERT_DONE(kv().put(ada, {"k", "ada's", {}, {}}, quota));
  ASSERT_DONE(kv().put(own, {"k", "the plugin's", {}, {}}, quota));
  EXPECT_EQ(value(ada, "k"), "ada's");
  EXPECT_EQ(value(own, "k"), "the plugin's");
  EXPECT_EQ(value({"other", ada.issuer, ada.subject}, "k"), "(none)");
  EXPECT_EQ(value({"notes", "https://elsewhere.example.com", "ada"}, "k"), "(none)");
  ASSERT_DONE(kv().remove(ada, "k", {}));
  EXPECT_EQ(value(ada, "k"), "(none)");
  EXPECT_EQ(value(own, "k"), "the plugin's");
}

TEST_F(PluginKv, SwapsOnlyTheVersionThatWasSeen) {
  const auto first = kv().put(ada, {"k", "1", 0, {}}, quota);
  ASSERT_DONE(first);
  ASSERT_TRUE(first->has_value());
  EXPECT_FALSE(kv().put(ada, {"k", "2", 0, {}}, quota)->has_value());
  const auto second = kv().put(ada, {"k", "2", **first, {}}, quota);
  ASSERT_TRUE(second->has_value());
  EXPECT_FALSE(kv().put(ada, {"k", "3", **first, {}}, quota)->has_value());
  EXPECT_FALSE(kv().remove(ada, "k", **first)->has_value());
  EXPECT_EQ(**kv().remove(ada, "k", **second), **second);
  const auto third = kv().put(ada, {"k", "4", 0, {}}, quota);
  EXPECT_NE(**third, **first) << "a version never comes back";
}

TEST_F(PluginKv, HasOneWinnerAmongSixtyFourRacersOnTwoHosts) {
  const auto other = open_store();
  const auto seen = **kv().put(ada, {"k", "0", {}, {}}, quota);
  std::atomic<int> winners{0};
  at_once(64, [&](int i) {
    auto& store = i % 2 == 0 ? *store_ : *other;
    const auto won = store.plugin_kv().put(ada, {"k", std::to_string(i), seen, {}}, quota);
    winners += won.ok() && won->has_value() ? 1 : 0;
  });
  EXPECT_EQ(winners, 1);
}

TEST_F(PluginKv, HoldsItsQuotaAgainstRacers) {
  const auto other = open_store();
  const KvQuota small{10, 10'000};
  std::atomic<int> written{0}, full{0};
  at_once(40, [&](int i) {
    auto& store = i % 2 == 0 ? *store_ : *other;
    const auto put = store.plugin_kv().put(ada, {"k" + std::to_string(i), "v", {}, {}}, small);
    if (put.ok()) ++written;
    if (!put.ok() && put.error().code == Code::kLimit) ++full;
  });
  EXPECT_EQ(written, 10);
  EXPECT_EQ(full, 30);
  EXPECT_TRUE(kv().put(own, {"k", "v", {}, {}}, small).ok()) << "another space has its own";
}

TEST_F(PluginKv, CountsBytesAndLetsAFullSpaceShrink) {
  const KvQuota small{10, 100};
  ASSERT_DONE(kv().put(ada, {"a", std::string(60, 'x'), {}, {}}, small));
  EXPECT_REFUSED(kv().put(ada, {"b", std::string(60, 'x'), {}, {}}, small), Code::kLimit);
  EXPECT_REFUSED(kv().put(ada, {"a", std::string(120, 'x'), {}, {}}, small), Code::kLimit);
  const KvQuota smaller{10, 50};  // an operator lowered it
  ASSERT_DONE(kv().put(ada, {"a", std::string(55, 'x'), {}, {}}, smaller));
}

TEST_F(PluginKv, ForgetsWhatHasExpired) {
  ASSERT_DONE(kv().put(ada, {"k", "v", {}, clock_.now() + Seconds{60}}, {1, 100}));
  EXPECT_EQ(value(ada, "k"), "v");
  EXPECT_REFUSED(kv().put(ada, {"k2", "v", {}, {}}, (KvQuota{1, 100})), Code::kLimit);
  clock_.advance(Seconds{60});
  EXPECT_EQ(value(ada, "k"), "(none)");
  EXPECT_TRUE(kv().list(ada, "", "", 10)->empty());
  EXPECT_FALSE(kv().remove(ada, "k", {})->has_value());
  ASSERT_TRUE(kv().put(ada, {"k", "new", 0, {}}, {1, 100})->has_value()) << "as if it were new";
  EXPECT_EQ(value(ada, "k"), "new");
}

TEST_F(PluginKv, ListsKeysInTheOrderOfTheirBytes) {
  for (const char* key : {"b/2", "a/1", "b/10", "b/1", "b%", "B/1"}) {
    ASSERT_DONE(kv().put(ada, {key, "v", {}, {}}, quota));
  }
  const auto keys = [&](const std::string& prefix, const std::string& after, std::size_t count) {
    std::string all;
    const auto entries = kv().list(ada, prefix, after, count);
    for (const auto& entry : *entries) all += entry.key + ' ';
    return all;
  };
  EXPECT_EQ(keys("b/", "", 10), "b/1 b/10 b/2 ");
  EXPECT_EQ(keys("b/", "b/1", 1), "b/10 ");
  EXPECT_EQ(keys("", "", 10), "B/1 a/1 b% b/1 b/10 b/2 ");
  EXPECT_EQ(keys("b%", "", 10), "b% ") << "no wildcards";
}

}  // namespace
}  // namespace mcph::store
