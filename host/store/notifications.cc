#include "store/notifications.h"

#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <pqxx/nontransaction>
#include <pqxx/notification>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "store/connection.h"
#include "store/failure.h"

namespace mcph::store {
namespace {

// The session's LISTEN must be answered by the constructor, which it is: it runs the statement.
class Receiver final : public pqxx::notification_receiver {
 public:
  Receiver(pqxx::connection_base& connection, const std::string& channel,
           const Notifications::OnNotification& on_notification)
      : notification_receiver(connection, channel), on_notification_(on_notification) {}

  void operator()(const std::string& payload, int) override {
    if (auto answer = on_notification_(payload)) answers_.push_back(*std::move(answer));
  }

  // Outside the callback, where the connection may be used. False when there was nothing to send.
  bool send_answers() {
    const auto answers = std::exchange(answers_, {});
    for (const std::string& answer : answers) {
      pqxx::nontransaction(conn()).exec_params("SELECT pg_notify($1, $2)", channel(), answer);
    }
    return !answers.empty();
  }

 private:
  const Notifications::OnNotification& on_notification_;
  std::vector<std::string> answers_;
};

int timeout_ms(Milliseconds timeout) {
  return static_cast<int>(timeout.count());
}

}  // namespace

Notifications::Notifications(StoreOptions options, std::string channel, std::string name,
                             OnNotification on_notification, OnConnected on_connected,
                             OnLost on_lost, Log& log)
    : options_(std::move(options)),
      channel_(std::move(channel)),
      name_(std::move(name)),
      on_notification_(std::move(on_notification)),
      on_connected_(std::move(on_connected)),
      on_lost_(std::move(on_lost)),
      log_(log),
      stop_fd_(eventfd(0, EFD_CLOEXEC)) {
  ASSERT(stop_fd_ >= 0);
  thread_ = std::thread([this] { run(); });
  pthread_setname_np(thread_.native_handle(), "listen");
}

Notifications::~Notifications() {
  ASSERT(eventfd_write(stop_fd_, 1) == 0);
  thread_.join();
  close(stop_fd_);
}

bool Notifications::wait_for_stop(Milliseconds timeout) const {
  pollfd stop{stop_fd_, POLLIN, 0};
  return poll(&stop, 1, timeout_ms(timeout)) > 0;
}

void Notifications::run() {
  Milliseconds backoff = options_.listen_backoff_min;
  for (;;) {
    was_connected_ = false;
    const Ended ended = listen();
    if (was_connected_) on_lost_();
    if (ended == Ended::kStopped) return;
    if (was_connected_) backoff = options_.listen_backoff_min;
    if (wait_for_stop(backoff)) return;
    backoff = std::min(backoff * 2, options_.listen_backoff_max);
  }
}

// One connection, from its opening to its end.
Notifications::Ended Notifications::listen() {
  auto opened = open_connection(options_);
  if (!opened.ok()) {
    log_.failure(LogLevel::kWarn, "store.listen_failed", opened.error());
    return Ended::kLost;
  }
  pqxx::connection& connection = **opened;
  try {
    Receiver receiver(connection, channel_, on_notification_);
    // Only a connection that listens bears the name.
    pqxx::nontransaction(connection).exec("SET application_name = " + connection.quote(name_));
    was_connected_ = true;
    log_.info("store.listening", {{"channel", channel_}});
    on_connected_(connection.backendpid());
    for (;;) {
      std::array<pollfd, 2> ready{{{stop_fd_, POLLIN, 0}, {connection.sock(), POLLIN, 0}}};
      const int count = poll(ready.data(), ready.size(), timeout_ms(options_.listen_probe_every));
      if (count < 0 && errno == EINTR) continue;
      if (ready[0].revents != 0) return Ended::kStopped;
      // libpqxx reports the end of a connection as "no notification": only a question tells.
      if (connection.get_notifs() == 0) pqxx::nontransaction(connection).exec("SELECT 1");
      // Our own answers come back with the result of sending them: the socket stays silent.
      while (receiver.send_answers()) connection.get_notifs();
    }
  } catch (const std::exception&) {
    log_.failure(LogLevel::kWarn, "store.listen_lost", classify_current_exception("listen").error);
    return Ended::kLost;
  }
}

}  // namespace mcph::store
