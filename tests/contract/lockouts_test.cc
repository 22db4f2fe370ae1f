#include <atomic>

#include "store_test.h"

namespace mcph::store {
namespace {

class Lockouts : public StoreTest {
 protected:
  std::int64_t add(Store& store, const std::string& key) {
    const auto count =
        store.lockouts().add_failure(hash_of(key), clock_.now(), clock_.now() + Seconds{3600});
    EXPECT_TRUE(count.ok()) << count.error().detail;
    return count.ok() ? *count : -1;
  }
};

TEST_F(Lockouts, AreCountedByAllHostsTogether) {
  const auto other = open_store();
  EXPECT_FALSE(store_->lockouts().find_failures(hash_of("a"), clock_.now())->has_value());
  EXPECT_EQ(add(*store_, "a"), 1);
  clock_.advance(Seconds{2});
  EXPECT_EQ(add(*other, "a"), 2);
  EXPECT_EQ(add(*other, "b"), 1);
  const auto found = **store_->lockouts().find_failures(hash_of("a"), clock_.now());
  EXPECT_EQ(found.count, 2);
  EXPECT_EQ(found.last_at, clock_.now());
}

TEST_F(Lockouts, LoseNoFailureOfSixtyFourRacersOnTwoHosts) {
  const auto other = open_store();
  at_once(64, [&](int i) { add(i % 2 == 0 ? *store_ : *other, "a"); });
  EXPECT_EQ((*store_->lockouts().find_failures(hash_of("a"), clock_.now()))->count, 64);
}

TEST_F(Lockouts, AreClearedForAllHosts) {
  const auto other = open_store();
  add(*store_, "a");
  ASSERT_DONE(other->lockouts().clear_failures(hash_of("a")));
  EXPECT_FALSE(store_->lockouts().find_failures(hash_of("a"), clock_.now())->has_value());
  ASSERT_DONE(other->lockouts().clear_failures(hash_of("a")));
}

TEST_F(Lockouts, BeginAnewOnceForgotten) {
  add(*store_, "a");
  add(*store_, "a");
  clock_.advance(Seconds{3600});
  EXPECT_FALSE(store_->lockouts().find_failures(hash_of("a"), clock_.now())->has_value());
  EXPECT_EQ(add(*store_, "a"), 1);
}

}  // namespace
}  // namespace mcph::store
