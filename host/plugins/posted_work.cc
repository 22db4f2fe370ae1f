#include "plugins/posted_work.h"

#include <utility>

#include "plugins/instance.h"
#include "plugins/limits.h"

namespace mcph::plugins {

std::uint64_t PostedWork::post(Instance& instance, Milliseconds delay, mcph_task_run work,
                               void* user, mcph_status& refused) {
  const std::shared_ptr<Instance> held = instance.weak_from_this().lock();
  const SteadyTime due = instance.parts().clock.steady() + delay;
  std::uint64_t id = 0;
  {
    const std::lock_guard lock(mutex_);
    if (closed_ || held == nullptr) {
      refused = MCPH_E_UNAVAILABLE;
      return 0;
    }
    if (waiting_.size() >= kPostedWorkMax) {
      refused = MCPH_E_LIMIT;
      return 0;
    }
    id = ++last_;
    waiting_.emplace(id, Work{work, user, due});
  }
  if (delay > Milliseconds(0) || !held->started()) {
    wait(held, id, due);
  } else {
    submit(held, id);
  }
  return id;
}

// The watch has its own idea of when everything is due: at the end of the host. Then close() comes.
void PostedWork::wait(const std::shared_ptr<Instance>& instance, std::uint64_t id,
                      SteadyTime when) {
  const std::weak_ptr<Instance> weak = instance;
  instance->watch().add(when, [work = weak_from_this(), weak, id, when] {
    const auto self = work.lock();
    const auto held = weak.lock();
    if (self == nullptr || held == nullptr || held->parts().clock.steady() < when) return;
    if (!held->started()) {
      self->wait(held, id, held->parts().clock.steady() + kPostedWorkRetry);
    } else {
      self->submit(held, id);
    }
  });
}

void PostedWork::submit(const std::shared_ptr<Instance>& instance, std::uint64_t id) {
  const auto self = shared_from_this();
  if (instance->parts().executor.submit([self, instance, id] { self->run(*instance, id); })) return;
  // The executor has too much to do; it was promised, so it comes later.
  wait(instance, id, instance->parts().clock.steady() + kPostedWorkRetry);
}

void PostedWork::run(Instance& instance, std::uint64_t id) {
  Work work{};
  {
    const std::lock_guard lock(mutex_);
    const auto found = waiting_.find(id);
    if (found == waiting_.end()) return;
    work = found->second;
    waiting_.erase(found);
    instance.enter();  // before close() can pass: stop() waits for it
  }
  work.run(work.user, 0);
  instance.leave();
}

bool PostedWork::cancel(std::uint64_t id) {
  Work work{};
  {
    const std::lock_guard lock(mutex_);
    const auto found = waiting_.find(id);
    if (found == waiting_.end()) return false;
    work = found->second;
    waiting_.erase(found);
  }
  work.run(work.user, 1);
  return true;
}

void PostedWork::close() {
  std::map<std::uint64_t, Work> rest;
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    rest.swap(waiting_);
  }
  for (const auto& [id, work] : rest) work.run(work.user, 1);
}

}  // namespace mcph::plugins
