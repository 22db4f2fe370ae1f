// Session state in memory, with a switch that makes the store fail. Thread-safe.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>

#include "mcp/legacy/session_store.h"

namespace mcph::test {

class MemorySessionStore final : public mcp::SessionStore {
 public:
  Result<> terminate(const std::string& id_hash, UnixTime) override {
    return change(id_hash, [](mcp::SessionState& state) { state.terminated = true; });
  }
  Result<mcp::SessionState> load(const std::string& id_hash) override {
    const std::lock_guard lock(mutex_);
    ++questions_;
    if (down_) return Error{Code::kUnavailable, "no database", {}};
    return states_[id_hash];
  }
  Result<> set_log_level(const std::string& id_hash, mcp::Severity level, UnixTime) override {
    return change(id_hash, [&](mcp::SessionState& state) { state.log_level = level; });
  }
  Result<> set_capabilities(const std::string& id_hash, std::uint16_t capabilities,
                            UnixTime) override {
    return change(id_hash, [&](mcp::SessionState& state) { state.capabilities = capabilities; });
  }
  Result<> subscribe(const std::string& id_hash, const std::string& uri_hash, std::size_t count_max,
                     UnixTime) override {
    bool full = false;
    TRY(change(id_hash, [&](mcp::SessionState& state) {
      std::erase(state.subscriptions, uri_hash);
      full = state.subscriptions.size() >= count_max;
      if (!full) state.subscriptions.push_back(uri_hash);
    }));
    if (full) return Error{Code::kLimit, "too many subscriptions in this session", {}};
    return Ok{};
  }
  Result<> unsubscribe(const std::string& id_hash, const std::string& uri_hash) override {
    return change(id_hash,
                  [&](mcp::SessionState& state) { std::erase(state.subscriptions, uri_hash); });
  }

  void set_down(bool down) {
    const std::lock_guard lock(mutex_);
    down_ = down;
  }
  int questions() const {
    const std::lock_guard lock(mutex_);
    return questions_;
  }

 private:
  Result<> change(const std::string& id_hash, const std::function<void(mcp::SessionState&)>& edit) {
    const std::lock_guard lock(mutex_);
    if (down_) return Error{Code::kUnavailable, "no database", {}};
    edit(states_[id_hash]);
    return Ok{};
  }

  mutable std::mutex mutex_;
  std::map<std::string, mcp::SessionState> states_;
  bool down_ = false;
  int questions_ = 0;
};

}  // namespace mcph::test
