#include <atomic>

#include "store_test.h"

namespace mcph::store {
namespace {

class Replays : public StoreTest {};

TEST_F(Replays, AreSeenByEveryHost) {
  const auto other = open_store();
  EXPECT_TRUE(*store_->replays().use_once(hash_of("a"), clock_.now() + Seconds{60}));
  EXPECT_FALSE(*store_->replays().use_once(hash_of("a"), clock_.now() + Seconds{60}));
  EXPECT_FALSE(*other->replays().use_once(hash_of("a"), clock_.now() + Seconds{60}));
  EXPECT_TRUE(*other->replays().use_once(hash_of("b"), clock_.now() + Seconds{60}));
}

TEST_F(Replays, HaveOneWinnerAmongSixtyFourRacersOnTwoHosts) {
  const auto other = open_store();
  std::atomic<int> winners{0};
  at_once(64, [&](int i) {
    auto& store = i % 2 == 0 ? *store_ : *other;
    winners += *store.replays().use_once(hash_of("a"), clock_.now() + Seconds{60}) ? 1 : 0;
  });
  EXPECT_EQ(winners, 1);
}

}  // namespace
}  // namespace mcph::store
