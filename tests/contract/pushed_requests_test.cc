#include <atomic>

#include "store_test.h"

namespace mcph::store {
namespace {

class PushedRequests : public StoreTest {
 protected:
  PushedRequests() {
    for (const char* id : {"mine", "theirs"}) {
      EXPECT_TRUE(store_->clients().insert(make_client(id, clock_.now())).ok());
    }
    EXPECT_TRUE(store_->pushed_requests().insert(request_).ok());
  }
  std::optional<std::string> take(Store& store, const char* client) {
    return *store.pushed_requests().take(request_.uri_hash, ClientId(client), clock_.now());
  }
  const oauth::PushedRequest request_{hash_of("uri"), ClientId("mine"), std::string("se\0led", 6),
                                      clock_.now() + Seconds{60}};
};

TEST_F(PushedRequests, AreTakenOnceOnAnyHost) {
  const auto other = open_store();
  EXPECT_EQ(take(*other, "mine"), request_.sealed);
  EXPECT_EQ(take(*store_, "mine"), std::nullopt);
}

TEST_F(PushedRequests, StayWhenAnotherClientReachesForThem) {
  EXPECT_EQ(take(*store_, "theirs"), std::nullopt);
  EXPECT_EQ(take(*store_, "mine"), request_.sealed);
}

TEST_F(PushedRequests, ExpireToTheSecond) {
  clock_.advance(Seconds{60});
  EXPECT_EQ(take(*store_, "mine"), std::nullopt);
}

TEST_F(PushedRequests, HaveOneTakerAmongMany) {
  std::atomic<int> taken{0};
  at_once(32, [&](int) { taken += take(*store_, "mine") ? 1 : 0; });
  EXPECT_EQ(taken, 1);
}

TEST_F(PushedRequests, GoWithTheirClient) {
  ASSERT_DONE(store_->clients().remove(ClientId("mine")));
  EXPECT_EQ(sql("SELECT count(*) FROM mcph.pushed_request"), "0");
}

}  // namespace
}  // namespace mcph::store
