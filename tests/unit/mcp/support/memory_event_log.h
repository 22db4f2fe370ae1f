// An event log in memory, with a switch that makes it fail. Thread-safe.
#pragma once

#include <functional>
#include <map>
#include <mutex>

#include "mcp/legacy/event_log.h"

namespace mcph::test {

class MemoryEventLog final : public mcp::EventLog {
 public:
  // As the database's notifications; called without a lock held.
  std::function<void(const std::string& name, std::int64_t last, bool ended)> grown;
  std::function<void(const std::string& name, const std::string& reader)> taken;

  Result<> open(const NewStream& stream) override {
    const std::lock_guard lock(mutex_);
    ++operations_;
    if (down_) return no_database();
    streams_.emplace(stream.name, Stream{stream.session_hash, stream.followed, false, {}});
    return Ok{};
  }
  Result<std::int64_t> append(const Addition& addition) override {
    std::int64_t last = 0;
    bool followed = false;
    {
      const std::lock_guard lock(mutex_);
      ++operations_;
      if (down_) return no_database();
      const auto found = streams_.find(addition.name);
      if (found == streams_.end() || found->second.ended) return no_stream();
      Stream& stream = found->second;
      std::size_t bytes = 0;
      for (const auto& event : stream.events) bytes += event.size();
      for (const auto& event : addition.sealed) bytes += event.size();
      if (bytes > addition.bytes_max) return Error{Code::kLimit, "too large", {}};
      stream.events.insert(stream.events.end(), addition.sealed.begin(), addition.sealed.end());
      stream.ended = addition.last;
      last = static_cast<std::int64_t>(stream.events.size());
      followed = stream.followed;
    }
    if (followed && grown) grown(addition.name, last, addition.last);
    return last;
  }
  Result<mcp::StreamStatus> follow(const std::string& name, const std::string& session_hash,
                                   std::int64_t number, const std::string& reader) override {
    mcp::StreamStatus status;
    {
      const std::lock_guard lock(mutex_);
      ++operations_;
      if (down_) return no_database();
      const auto found = streams_.find(name);
      if (found == streams_.end() || found->second.session_hash != session_hash ||
          status_of(found->second).last < number) {
        return no_stream();
      }
      found->second.followed = true;
      status = status_of(found->second);
    }
    if (taken) taken(name, reader);
    return status;
  }
  Result<Reading> read(const std::string& name, std::int64_t number) override {
    const std::lock_guard lock(mutex_);
    ++operations_;
    if (down_) return no_database();
    const auto found = streams_.find(name);
    if (found == streams_.end()) return no_stream();
    Reading reading{{}, status_of(found->second)};
    const auto& events = found->second.events;
    for (std::size_t i = static_cast<std::size_t>(number); i < events.size(); ++i) {
      if (!events[i].empty())
        reading.events.push_back({static_cast<std::int64_t>(i) + 1, events[i]});
    }
    return reading;
  }
  Result<> forget(const std::string& name, std::int64_t number) override {
    const std::lock_guard lock(mutex_);
    if (down_) return no_database();
    auto& events = streams_[name].events;
    for (std::size_t i = 0; i < static_cast<std::size_t>(number); ++i) events[i].clear();
    return Ok{};
  }
  Result<> remove(const std::string& name) override {
    const std::lock_guard lock(mutex_);
    if (down_) return no_database();
    streams_.erase(name);
    return Ok{};
  }

  void set_down(bool down) {
    const std::lock_guard lock(mutex_);
    down_ = down;
  }
  int operations() const {
    const std::lock_guard lock(mutex_);
    return operations_;
  }
  std::size_t streams() const {
    const std::lock_guard lock(mutex_);
    return streams_.size();
  }
  // Everything that is stored, as a thief of the database sees it.
  std::string dump() const {
    const std::lock_guard lock(mutex_);
    std::string all;
    for (const auto& [name, stream] : streams_) {
      for (const auto& event : stream.events) all += event + "\n";
    }
    return all;
  }

 private:
  struct Stream {
    std::string session_hash;
    bool followed = false;
    bool ended = false;
    std::vector<std::string> events;
  };
  static mcp::StreamStatus status_of(const Stream& stream) {
    return {static_cast<std::int64_t>(stream.events.size()), stream.ended};
  }
  static Error no_database() { return {Code::kUnavailable, "no database", {}}; }
  static Error no_stream() { return {Code::kNotFound, "there is no such stream", {}}; }

  mutable std::mutex mutex_;
  std::map<std::string, Stream> streams_;
  bool down_ = false;
  int operations_ = 0;
};

}  // namespace mcph::test
