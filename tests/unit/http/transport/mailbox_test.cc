#include "http/transport/mailbox.h"

#include <gtest/gtest.h>
#include <poll.h>

#include <vector>

namespace mcph::http {
namespace {

bool rings(const Mailbox& mailbox) {
  pollfd event{mailbox.event_fd(), POLLIN, 0};
  return ::poll(&event, 1, 0) == 1;
}

Mail letter(std::uint64_t number) {
  return ConnectionMail{static_cast<ConnectionId>(number), 1, StreamNews{}};
}

std::vector<std::uint64_t> numbers(const std::vector<Mail>& mail) {
  std::vector<std::uint64_t> all;
  for (const Mail& one : mail) {
    all.push_back(static_cast<std::uint64_t>(std::get<ConnectionMail>(one).connection));
  }
  return all;
}

TEST(Mailbox, RingsForMailAndIsQuietOnceItIsTaken) {
  Mailbox mailbox;
  EXPECT_FALSE(rings(mailbox));
  EXPECT_TRUE(mailbox.post(letter(1)));
  EXPECT_TRUE(mailbox.post(letter(2)));
  EXPECT_TRUE(rings(mailbox));
  std::vector<Mail> mail;
  mailbox.take(mail);
  EXPECT_EQ(numbers(mail), (std::vector<std::uint64_t>{1, 2}));
  EXPECT_FALSE(rings(mailbox));
  mail.clear();
  EXPECT_TRUE(mailbox.post(letter(3)));
  EXPECT_TRUE(rings(mailbox));
}

TEST(Mailbox, ReturnsWhatIsInsideWhenClosedAndLeavesLaterMailToItsSender) {
  Mailbox mailbox;
  mailbox.post(letter(1));
  EXPECT_EQ(numbers(mailbox.close()), (std::vector<std::uint64_t>{1}));
  Mail late = AdoptSocket{{}, "192.0.2.1"};
  EXPECT_FALSE(mailbox.post(std::move(late)));
  EXPECT_EQ(std::get<AdoptSocket>(late).peer, "192.0.2.1");
}

TEST(Mailbox, KnowsItsOwnersThread) {
  Mailbox mailbox;
  EXPECT_FALSE(mailbox.on_owner_thread());
  mailbox.set_owner_thread(std::this_thread::get_id());
  EXPECT_TRUE(mailbox.on_owner_thread());
  std::thread([&] { EXPECT_FALSE(mailbox.on_owner_thread()); }).join();
}

}  // namespace
}  // namespace mcph::http
