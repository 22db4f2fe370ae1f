// Answers from threads of its own: a call is parked (PENDING) until one of them comes by, or until
// it is cancelled. Each is completed exactly once, by whoever takes it out.
#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "mcph/plugin.hpp"

class Parked {
 public:
  Parked(const mcph_host*, std::string_view) {
    for (int i = 0; i < 3; ++i) threads_.emplace_back([this] { run(); });
  }
  ~Parked() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_all();
    for (auto& thread : threads_) thread.join();
  }

  mcph_status park(mcph::Call call) {
    {
      const std::lock_guard lock(mutex_);
      waiting_.push_back(call.raw());
    }
    changed_.notify_one();
    return MCPH_PENDING;
  }
  // Nobody comes by.
  mcph_status park_for_ever(mcph::Call call) {
    const std::lock_guard lock(mutex_);
    left_alone_.push_back(call.raw());
    return MCPH_PENDING;
  }

  void cancel(mcph::Call call) noexcept {
    if (!take(waiting_, call.raw()) && !take(left_alone_, call.raw())) return;  // just ending
    call.raw()->fail(call.raw(), MCPH_E_CANCELLED, mcph::str("Given up."), {});
    call.complete();
  }

 private:
  bool take(std::deque<const mcph_call*>& from, const mcph_call* call) noexcept {
    const std::lock_guard lock(mutex_);
    const auto found = std::find(from.begin(), from.end(), call);
    if (found == from.end()) return false;
    from.erase(found);
    return true;
  }
  void run() {
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
      if (stopping_) return;
      const mcph::Call call(waiting_.front());
      waiting_.pop_front();
      lock.unlock();
      call.progress(1, 2);
      mcph::guarded(call.raw(), [&] { call.text(call.cancelled() ? "too late" : "answered"); });
      call.complete();
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<const mcph_call*> waiting_, left_alone_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

#define ANY R"({"type":"object"})"
MCPH_PLUGIN(Parked, "parked", "1.0.0", mcph::tool<&Parked::park>("park", "Parks.", ANY),
            mcph::tool<&Parked::park_for_ever>("park_for_ever", "Parks.", ANY));
