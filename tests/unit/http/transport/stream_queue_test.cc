#include "http/transport/stream_queue.h"

#include <gtest/gtest.h>

#include <string>

namespace mcph::http {
namespace {

using State = StreamQueue::State;

std::string taken(StreamQueue& queue, State expected = State::kOpen) {
  std::string bytes = "left over";
  EXPECT_EQ(queue.take(bytes), expected);
  return bytes;
}

TEST(StreamQueue, HandsOverWhatWasPushedInOrder) {
  StreamQueue queue(100);
  queue.push("a");
  queue.push("b");
  EXPECT_EQ(taken(queue), "ab");
  EXPECT_EQ(taken(queue), "");
}

TEST(StreamQueue, NotifiesOnceUntilTheWorkerHasLooked) {
  StreamQueue queue(100);
  EXPECT_TRUE(queue.push("a").notify);
  EXPECT_FALSE(queue.push("b").notify);
  taken(queue);
  EXPECT_TRUE(queue.push("c").notify);
}

TEST(StreamQueue, CountsWhatWasTakenButNotYetWrittenAsBacklog) {
  StreamQueue queue(10);
  queue.push("12345678");
  taken(queue);
  EXPECT_FALSE(queue.push("9ab").accepted);
}

TEST(StreamQueue, ForgetsTheBacklogWithTheNextTake) {
  StreamQueue queue(10);
  queue.push("12345678");
  taken(queue);
  taken(queue);
  EXPECT_TRUE(queue.push("9ab").accepted);
}

TEST(StreamQueue, TakesOneEventOfAnySizeWhenNothingWaits) {
  StreamQueue queue(10);
  EXPECT_TRUE(queue.push(std::string(1000, 'x')).accepted);
  EXPECT_FALSE(queue.push("y").accepted);
}

TEST(StreamQueue, IsOverForGoodOnceItOverflowedAndSaysSoAtOnce) {
  StreamQueue queue(10);
  queue.push("12345678");
  const StreamQueue::Push overflow = queue.push("9ab");
  EXPECT_FALSE(overflow.accepted);
  EXPECT_TRUE(overflow.notify);
  EXPECT_TRUE(queue.overflowed());
  EXPECT_FALSE(queue.open());
  EXPECT_FALSE(queue.push("1").accepted);
  EXPECT_FALSE(queue.push("1").notify);
  std::string bytes;
  EXPECT_EQ(queue.take(bytes), State::kOverflowed);
}

TEST(StreamQueue, DeliversWhatWasPushedBeforeTheFinish) {
  StreamQueue queue(100);
  queue.push("a");
  EXPECT_TRUE(queue.finish().accepted);
  EXPECT_FALSE(queue.finish().accepted);
  EXPECT_FALSE(queue.push("b").accepted);
  EXPECT_EQ(taken(queue, State::kFinished), "a");
}

TEST(StreamQueue, AcceptsNothingWhenAbandoned) {
  StreamQueue queue(100);
  queue.abandon();
  EXPECT_FALSE(queue.open());
  EXPECT_FALSE(queue.push("a").accepted);
  EXPECT_FALSE(queue.finish().notify);
}

}  // namespace
}  // namespace mcph::http
