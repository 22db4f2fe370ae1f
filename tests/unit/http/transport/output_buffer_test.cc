#include "http/transport/output_buffer.h"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <string>

namespace mcph::http {
namespace {

struct SocketPair {
  SocketPair() {
    int ends[2];
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends), 0);
    near = FileDescriptor(ends[0]);
    far = FileDescriptor(ends[1]);
  }
  std::string read_all() {
    std::string all;
    char buffer[65536];
    for (ssize_t n; (n = ::recv(far.get(), buffer, sizeof buffer, 0)) > 0;) {
      all.append(buffer, static_cast<std::size_t>(n));
    }
    return all;
  }
  FileDescriptor near, far;
};

TEST(OutputBuffer, BorrowsTheSpareMemoryAndGivesItBack) {
  SocketPair sockets;
  Channel channel(std::move(sockets.near), nullptr);
  std::string buffer;
  buffer.reserve(10'000);
  const char* const memory = buffer.data();
  SpareBuffers spares;
  spares.take_back(std::move(buffer));
  OutputBuffer output(spares);
  output.tail().append("hello");
  EXPECT_EQ(output.tail().data(), memory);
  EXPECT_EQ(output.write_to(channel).status, IoStatus::kDone);
  EXPECT_TRUE(output.empty());
  const std::string spare = spares.lend();
  EXPECT_EQ(spare.data(), memory);
  EXPECT_EQ(spare, "");
  EXPECT_EQ(sockets.read_all(), "hello");
}

TEST(OutputBuffer, KeepsWhatThePeerDoesNotTakeAndItsOrder) {
  SocketPair sockets;
  Channel channel(std::move(sockets.near), nullptr);
  SpareBuffers spares;
  OutputBuffer output(spares);
  std::string sent;
  std::string received;
  for (int i = 0; i < 20; ++i) {
    const std::string piece(100'000, static_cast<char>('a' + i));
    output.tail().append(piece);
    sent += piece;
    const IoResult wrote = output.write_to(channel);
    EXPECT_EQ(wrote.status == IoStatus::kDone, output.empty());
    if (i % 3 == 0) received += sockets.read_all();
  }
  while (!output.empty()) {
    received += sockets.read_all();
    EXPECT_GT(output.write_to(channel).bytes, 0u);
  }
  received += sockets.read_all();
  EXPECT_TRUE(received == sent);
}

TEST(OutputBuffer, SaysWhenThePeerIsGone) {
  SocketPair sockets;
  Channel channel(std::move(sockets.near), nullptr);
  sockets.far.reset();
  SpareBuffers spares;
  OutputBuffer output(spares);
  output.tail().append("hello");
  EXPECT_EQ(output.write_to(channel).status, IoStatus::kFailed);
}

TEST(OutputBuffer, FreesTheMemoryOfAnUnusuallyLargeReply) {
  SocketPair sockets;
  Channel channel(std::move(sockets.near), nullptr);
  SpareBuffers spares;
  OutputBuffer output(spares);
  output.tail().append(std::string(8 << 20, 'x'));
  while (output.write_to(channel).status != IoStatus::kDone) sockets.read_all();
  EXPECT_LT(spares.lend().capacity(), 1u << 20);
  EXPECT_LT(output.tail().capacity(), 1u << 20);
}

}  // namespace
}  // namespace mcph::http
