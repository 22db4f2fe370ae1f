#include "plugins/deadline_watch.h"

#include <pthread.h>

namespace mcph::plugins {

DeadlineWatch::DeadlineWatch(const Clock& clock) : clock_(clock), thread_([this] { run(); }) {
  pthread_setname_np(thread_.native_handle(), "plugin-deadline");
}

DeadlineWatch::~DeadlineWatch() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

DeadlineWatch::Ticket DeadlineWatch::add(SteadyTime when, Action action) {
  bool first = false;
  Ticket ticket;
  {
    const std::lock_guard lock(mutex_);
    ticket = {when, ++last_};
    waiting_.emplace(ticket, std::move(action));
    first = waiting_.begin()->first == ticket;
  }
  if (first) changed_.notify_one();
  return ticket;
}

void DeadlineWatch::remove(const Ticket& ticket) {
  Action dropped;  // destroyed outside the lock: it may hold the last reference to a call
  const std::lock_guard lock(mutex_);
  if (const auto at = waiting_.find(ticket); at != waiting_.end()) {
    dropped = std::move(at->second);
    waiting_.erase(at);
  }
}

void DeadlineWatch::run_all() {
  std::map<Ticket, Action> all;
  {
    const std::lock_guard lock(mutex_);
    all.swap(waiting_);
  }
  for (auto& [ticket, action] : all) action();
}

void DeadlineWatch::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (waiting_.empty()) {
      changed_.wait(lock);
      continue;
    }
    const auto first = waiting_.begin();
    const auto left = first->first.first - clock_.steady();
    if (left > left.zero()) {
      changed_.wait_for(lock, left);
      continue;
    }
    Action action = std::move(first->second);
    waiting_.erase(first);
    lock.unlock();
    action();
    action = nullptr;  // what it holds goes outside the lock
    lock.lock();
  }
}

}  // namespace mcph::plugins
