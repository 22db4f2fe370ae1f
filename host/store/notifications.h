// Listens on one channel of PostgreSQL, on a connection and a thread of its own. Internal to
// store/.
//
// Notifications sent while there was no connection are lost, so `on_connected` runs after every
// (re)connect: whoever caches then forgets everything. `on_lost` runs after each connection. All
// callbacks run on the listening thread, one at a time, and must not throw or block for long.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "observability/log.h"
#include "store/options.h"

namespace mcph::store {

class Notifications {
 public:
  // What it returns, if anything, is notified on the same channel.
  using OnNotification = std::function<std::optional<std::string>(std::string_view payload)>;
  using OnConnected = std::function<void(int backend_pid)>;
  using OnLost = std::function<void()>;

  // `name` is the application's name of the connection.
  Notifications(StoreOptions options, std::string channel, std::string name,
                OnNotification on_notification, OnConnected on_connected, OnLost on_lost, Log& log);
  ~Notifications();  // stops and joins
  Notifications(const Notifications&) = delete;
  Notifications& operator=(const Notifications&) = delete;

 private:
  enum class Ended { kStopped, kLost };

  void run();
  Ended listen();
  bool wait_for_stop(Milliseconds timeout) const;

  const StoreOptions options_;
  const std::string channel_;
  const std::string name_;
  const OnNotification on_notification_;
  const OnConnected on_connected_;
  const OnLost on_lost_;
  Log& log_;
  const int stop_fd_;  // readable: stop
  bool was_connected_ = false;
  std::thread thread_;
};

}  // namespace mcph::store
