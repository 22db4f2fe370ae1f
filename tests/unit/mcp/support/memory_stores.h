// The database of an installation, in memory: what one host writes, the notifications of a real one
// tell to all hosts on it. Thread-safe.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "mcp/endpoint.h"
#include "unit/mcp/support/memory_announcement_log.h"
#include "unit/mcp/support/memory_answer_store.h"
#include "unit/mcp/support/memory_event_log.h"
#include "unit/mcp/support/memory_session_store.h"
#include "unit/mcp/support/memory_task_store.h"

namespace mcph::test {

class MemoryStores {
 public:
  MemoryStores() {
    events.grown = [this](const std::string& name, std::int64_t last, bool ended) {
      tell([&](mcp::Endpoint& host) { host.note_stream_grown(name, last, ended); });
    };
    events.taken = [this](const std::string& name, const std::string& reader) {
      tell([&](mcp::Endpoint& host) { host.note_stream_taken(name, reader); });
    };
    answers.answered = [this](const std::string& question) {
      tell([&](mcp::Endpoint& host) { host.note_answer(question); });
    };
    tasks->listen([this](const std::string& id) {
      tell([&](mcp::Endpoint& host) { host.note_task_changed(id); });
    });
  }
  // `drain` waits until the host has done what was submitted to it.
  void add_host(
      mcp::Endpoint& host, std::function<void()> drain = [] {}) {
    const std::lock_guard lock(mutex_);
    hosts_.push_back(&host);
    drains_[&host] = std::move(drain);
  }
  void remove_host(mcp::Endpoint& host) {
    const std::lock_guard lock(mutex_);
    std::erase(hosts_, &host);
    drains_.erase(&host);
  }

  // Work of one host makes work for the others: waits until the longest chain is through.
  void settle() {
    constexpr int kLongestChain = 8;
    const auto drains = [this] {
      const std::lock_guard lock(mutex_);
      return drains_;
    }();
    for (int i = 0; i < kLongestChain; ++i) {
      for (const auto& [host, drain] : drains) drain();
    }
  }

  MemorySessionStore sessions;
  const std::shared_ptr<MemoryTaskStore> tasks = std::make_shared<MemoryTaskStore>();
  MemoryAnnouncementLog announcements;
  MemoryEventLog events;
  MemoryAnswerStore answers;

 private:
  void tell(const std::function<void(mcp::Endpoint&)>& news) {
    const std::lock_guard lock(mutex_);
    for (mcp::Endpoint* host : hosts_) news(*host);
  }
  std::mutex mutex_;
  std::vector<mcp::Endpoint*> hosts_;
  std::map<mcp::Endpoint*, std::function<void()>> drains_;
};

}  // namespace mcph::test
