#include "store_test.h"

namespace mcph::store {
namespace {

using Sessions = StoreTest;

TEST_F(Sessions, AreAliveUntilTerminated) {
  EXPECT_EQ(*store_->sessions().is_terminated(hash_of("s")), false);
  ASSERT_DONE(store_->sessions().terminate(hash_of("s"), clock_.now() + Seconds{60}));
  EXPECT_EQ(*store_->sessions().is_terminated(hash_of("s")), true);
  EXPECT_EQ(*store_->sessions().is_terminated(hash_of("t")), false);
}

TEST_F(Sessions, AreTerminatedForEveryHost) {
  const auto other = open_store();
  ASSERT_DONE(store_->sessions().terminate(hash_of("s"), clock_.now() + Seconds{60}));
  EXPECT_EQ(*other->sessions().is_terminated(hash_of("s")), true);
}

TEST_F(Sessions, MayBeTerminatedAgainAndKeepTheLaterExpiry) {
  ASSERT_DONE(store_->sessions().terminate(hash_of("s"), clock_.now() + Seconds{60}));
  ASSERT_DONE(store_->sessions().terminate(hash_of("s"), clock_.now() + Seconds{30}));
  EXPECT_EQ(sql("SELECT extract(epoch FROM expires_at)::bigint FROM mcph.terminated_session"),
            std::to_string(to_unix(clock_.now()) + 60));
}

}  // namespace
}  // namespace mcph::store
