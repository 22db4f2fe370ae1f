// How many connections there are, whether there is room for another, and which worker takes it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include "base/time.h"
#include "http/transport/mailbox.h"

namespace mcph::http {

// Thread-safe. A seat is a worker's number.
class Admission {
 public:
  Admission(std::size_t connections_max, std::vector<std::shared_ptr<Mailbox>> mailboxes);

  // Counts one connection in, and says whose it is: of the worker with the fewest.
  std::size_t enter();
  void leave(std::size_t seat);
  bool full() const noexcept { return open_.load() >= connections_max_; }
  std::size_t open() const noexcept { return open_.load(); }

  // This worker has stopped accepting; it gets a ResumeAccepting when a connection leaves.
  void wait_for_room(std::size_t seat);

  // False when the time is over first.
  bool wait_until_empty(Milliseconds timeout);

  Mailbox& mailbox(std::size_t seat) noexcept { return *seats_[seat].mailbox; }

 private:
  struct Seat {
    std::shared_ptr<Mailbox> mailbox;
    std::atomic<std::size_t> connections{0};
    std::atomic<bool> waiting{false};
  };

  const std::size_t connections_max_;
  std::vector<Seat> seats_;
  std::atomic<std::size_t> open_{0};
  std::atomic<std::size_t> waiting_{0};
  std::mutex mutex_;
  std::condition_variable empty_;
};

}  // namespace mcph::http
