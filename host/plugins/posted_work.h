// Work that a plugin has posted and that has not begun. Each piece runs exactly once: when its time
// comes, on the executor; or told that it is cancelled, by cancel() or close(). Thread-safe; the
// plugin's code runs under no lock.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>

#include "base/time.h"
#include "mcph/ext/task.h"
#include "plugins/deadline_watch.h"

namespace mcph::plugins {

class Instance;

class PostedWork : public std::enable_shared_from_this<PostedWork> {
 public:
  PostedWork() = default;
  PostedWork(const PostedWork&) = delete;
  PostedWork& operator=(const PostedWork&) = delete;

  // Its number, or 0: `refused` says why.
  std::uint64_t post(Instance& instance, Milliseconds delay, mcph_task_run work, void* user,
                     mcph_status& refused);
  // False when it has begun or is done.
  bool cancel(std::uint64_t id);
  // Refuses what comes, cancels what waits. Idempotent. What has begun goes on, inside the
  // instance.
  void close();

 private:
  struct Work {
    mcph_task_run run;
    void* user;
    SteadyTime due;
  };
  void wait(const std::shared_ptr<Instance>& instance, std::uint64_t id, SteadyTime when);
  void submit(const std::shared_ptr<Instance>& instance, std::uint64_t id);
  void run(Instance& instance, std::uint64_t id);

  std::mutex mutex_;
  std::map<std::uint64_t, Work> waiting_;
  std::uint64_t last_ = 0;
  bool closed_ = false;
};

}  // namespace mcph::plugins
