#include "http/transport/admission.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace mcph::http {
namespace {

std::vector<std::shared_ptr<Mailbox>> mailboxes(std::size_t count) {
  std::vector<std::shared_ptr<Mailbox>> made;
  for (std::size_t i = 0; i < count; ++i) made.push_back(std::make_shared<Mailbox>());
  return made;
}

std::size_t mail_count(Mailbox& mailbox) {
  std::vector<Mail> mail;
  mailbox.take(mail);
  return mail.size();
}

TEST(Admission, SeatsEachConnectionWithTheWorkerThatHasTheFewest) {
  Admission admission(100, mailboxes(3));
  std::vector<int> seated(3);
  for (int i = 0; i < 9; ++i) ++seated[admission.enter()];
  EXPECT_EQ(seated, (std::vector<int>{3, 3, 3}));
  admission.leave(1);
  EXPECT_EQ(admission.enter(), 1u);
}

TEST(Admission, IsFullAtTheLimitUntilOneLeaves) {
  Admission admission(2, mailboxes(1));
  admission.enter();
  EXPECT_FALSE(admission.full());
  admission.enter();
  EXPECT_TRUE(admission.full());
  admission.leave(0);
  EXPECT_FALSE(admission.full());
  EXPECT_EQ(admission.open(), 1u);
}

TEST(Admission, WakesEveryWorkerThatWaitsForRoomOnce) {
  const auto boxes = mailboxes(3);
  Admission admission(2, boxes);
  admission.enter();
  admission.enter();
  admission.wait_for_room(0);
  admission.wait_for_room(2);
  admission.wait_for_room(2);
  admission.leave(0);
  admission.leave(1);
  EXPECT_EQ(mail_count(*boxes[0]), 1u);
  EXPECT_EQ(mail_count(*boxes[1]), 0u);
  EXPECT_EQ(mail_count(*boxes[2]), 1u);
}

TEST(Admission, WaitsForTheLastToLeave) {
  Admission admission(2, mailboxes(1));
  admission.enter();
  EXPECT_FALSE(admission.wait_until_empty(Milliseconds(5)));
  std::thread later([&] { admission.leave(0); });
  EXPECT_TRUE(admission.wait_until_empty(Milliseconds(5000)));
  later.join();
}

}  // namespace
}  // namespace mcph::http
