// When there are no descriptors left, or as many connections as are allowed.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <list>
#include <memory>
#include <vector>

#include "transport/support/raw_client.h"
#include "transport/support/test_server.h"

namespace mcph::http::test {
namespace {

// Takes all descriptors the process may still have.
class Hoard {
 public:
  Hoard() {
    for (;;) {
      FileDescriptor fd(::open("/dev/null", O_RDONLY | O_CLOEXEC));
      if (!fd.valid()) return;
      fds_.push_back(std::move(fd));
    }
  }

 private:
  std::vector<FileDescriptor> fds_;
};

class LowDescriptorLimit {
 public:
  explicit LowDescriptorLimit(rlim_t soft) {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    const rlimit lower{soft, before_.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &lower);
  }
  ~LowDescriptorLimit() { ::setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_{};
};

TEST(Descriptors, RunningOutNeitherSpinsNorStopsTheServerForGood) {
  const LowDescriptorLimit limit(256);
  TestServer server(echo);
  RawClient served(server.port());
  ASSERT_TRUE(served.get("/before"));
  std::list<RawClient> waiting(10);
  {
    const Hoard hoard;
    for (RawClient& client : waiting) {
      ASSERT_TRUE(client.connect(server.port()));
      ASSERT_TRUE(client.send(make_get("/")));
    }
    ASSERT_TRUE(eventually([&] { return server->stats().connections_shed > 0; }));
    // Those inside are served as before, and nobody burns the processor.
    EXPECT_TRUE(served.get("/during"));
    const double before = process_cpu_seconds();
    std::this_thread::sleep_for(Milliseconds(300));
    EXPECT_LT(process_cpu_seconds() - before, 0.15);
  }
  // Everybody who waited was told 503 or is served now.
  for (RawClient& client : waiting) {
    const auto reply = client.read_reply();
    ASSERT_TRUE(reply);
    EXPECT_TRUE(reply->status == 200 || reply->status == 503);
  }
  RawClient after(server.port());
  EXPECT_EQ(after.get("/after")->status, 200);
}

TEST(Descriptors, ConnectionsBeyondTheLimitWaitUntilOneEnds) {
  ServerOptions options = make_test_options();
  options.limits.connections_max = 5;
  TestServer server(echo, options);
  std::list<RawClient> inside;
  for (int i = 0; i < 5; ++i) {
    inside.emplace_back(server.port());
    ASSERT_TRUE(inside.back().get("/"));
  }
  std::list<RawClient> outside;
  for (int i = 0; i < 5; ++i) {
    outside.emplace_back(server.port());
    ASSERT_TRUE(outside.back().send(make_get("/")));
  }
  std::this_thread::sleep_for(Milliseconds(100));
  EXPECT_LE(server->stats().connections_open, 6u);  // two workers may let one in each at once
  inside.clear();
  for (RawClient& client : outside) {
    const auto reply = client.read_reply();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 200);
  }
}

TEST(Descriptors, AnInheritedListeningSocketIsUsed) {
  FileDescriptor listener(::socket(AF_INET, SOCK_STREAM, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ASSERT_EQ(::bind(listener.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  ASSERT_EQ(::listen(listener.get(), 16), 0);
  ServerOptions options = make_test_options();
  options.listen_fd = ::dup(listener.get());
  TestServer server(echo, options);
  RawClient client(server.port());
  EXPECT_EQ(client.get("/a")->body, echo_of("GET", "/a", ""));
}

TEST(Descriptors, AnInheritedDescriptorThatDoesNotListenIsRefused) {
  const SystemClock clock;
  const Log log(clock, STDERR_FILENO, LogLevel::kError);
  ServerOptions options = make_test_options();
  options.listen_fd = ::open("/dev/null", O_RDONLY);
  EXPECT_FALSE(Server::create(options, echo, clock, log).ok());
}

TEST(Descriptors, APortInUseIsAnError) {
  TestServer server(echo);
  const SystemClock clock;
  const Log log(clock, STDERR_FILENO, LogLevel::kError);
  ServerOptions options = make_test_options();
  options.port = server.port();
  const auto second = Server::create(options, echo, clock, log);
  ASSERT_FALSE(second.ok());
  EXPECT_NE(second.error().message.find("in use"), std::string::npos);
}

}  // namespace
}  // namespace mcph::http::test
