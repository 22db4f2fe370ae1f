// Threads that wait for file descriptors: Pistache's reactor behind a face of our own. This is the
// only place that knows it. Of Pistache we take the thread pool and the epoll loops; its HTTP
// classes confuse connections (ARCHITECTURE.md).
//
// All polling is level-triggered: what was not read shows up again, so nothing can be missed.
#pragma once

#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"

namespace Pistache::Polling {
class Epoll;
}

namespace mcph::http {

enum class Interest : unsigned { kNone = 0, kRead = 1, kWrite = 2, kReadWrite = 3 };

// One descriptor's news. None of the three set means an error on the descriptor.
struct Readiness {
  std::uint64_t tag;
  bool readable;
  bool writable;
  bool hangup;
};

// The poller of one worker. A value that refers; used on that worker's thread only (before the
// start: on the thread that builds).
class Poller {
 public:
  Poller() = default;
  explicit Poller(Pistache::Polling::Epoll& epoll) : epoll_(&epoll) {}

  // False when the kernel refuses.
  [[nodiscard]] bool add(int fd, Interest interest, std::uint64_t tag) noexcept;
  [[nodiscard]] bool change(int fd, Interest interest, std::uint64_t tag) noexcept;
  void remove(int fd) noexcept;

 private:
  Pistache::Polling::Epoll* epoll_ = nullptr;
};

// What runs on one worker thread. Exceptions that leave it are caught and reported to it.
class EventLoop {
 public:
  virtual ~EventLoop() = default;
  virtual void attach(Poller poller) = 0;  // before the thread starts
  virtual void begin_batch() = 0;          // woken up; a number of on_ready calls follow
  virtual void on_ready(const Readiness& readiness) = 0;
  virtual void end_batch() = 0;
  virtual void on_exception(std::uint64_t tag) noexcept = 0;
};

// One thread for each loop. The loops must outlive it. start() and stop() belong to one thread.
class Reactor {
 public:
  static Result<std::unique_ptr<Reactor>> create(const std::string& thread_name,
                                                 std::vector<EventLoop*> loops);
  ~Reactor();  // stops
  Reactor(const Reactor&) = delete;
  Reactor& operator=(const Reactor&) = delete;

  Result<> start();
  void stop();  // joins; idempotent

 private:
  class Adapter;
  struct Threads;
  explicit Reactor(std::unique_ptr<Threads> threads);
  std::unique_ptr<Threads> threads_;
};

}  // namespace mcph::http
