// The bytes of one event stream between the threads that produce them and the worker that writes
// them. Bounded: a client that lags behind too far is given up rather than buffered for.
#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>

namespace mcph::http {

// Thread-safe. Shared by the producer's handle and the connection.
class StreamQueue {
 public:
  explicit StreamQueue(std::size_t backlog_bytes_max) : backlog_bytes_max_(backlog_bytes_max) {}

  struct Push {
    bool accepted;  // false: the client is gone, too slow, or the stream was closed
    bool notify;    // the worker does not know yet that there is something to do
  };

  // ---- for the producers ----
  Push push(std::string_view bytes);
  Push finish();
  bool open() const;

  // ---- for the worker ----
  enum class State { kOpen, kFinished, kOverflowed };
  // Moves what is queued into `into`. It counts as backlog until the next take().
  State take(std::string& into);
  bool overflowed() const;
  // The client is gone: nothing is accepted any more.
  void abandon();

 private:
  Push notice();

  const std::size_t backlog_bytes_max_;
  mutable std::mutex mutex_;
  std::string queued_;
  std::size_t taken_bytes_ = 0;
  bool notified_ = false;
  bool finished_ = false;
  bool overflowed_ = false;
  bool abandoned_ = false;
};

}  // namespace mcph::http
