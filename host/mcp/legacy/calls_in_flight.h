// The legacy tool calls of this host that are not finished, so that `notifications/cancelled` can
// find them. (A modern client cancels by going away, and needs no table.) Thread-safe.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "mcp/jsonrpc.h"

namespace mcph::mcp {

// Something a client may ask to stop.
class Cancellable {
 public:
  virtual ~Cancellable() = default;
  virtual void cancel() = 0;
};

class CallsInFlight {
 public:
  // The table does not keep the call alive. `session` is the hash of the session id.
  void add(std::string_view session, const JsonToken& request, std::weak_ptr<Cancellable> call);
  void remove(std::string_view session, const JsonToken& request, const Cancellable* call);
  // False when no such call is under way here: it ended, or another host has it.
  bool cancel(std::string_view session, const JsonToken& request);
  // The session is over.
  void cancel_session(std::string_view session);

 private:
  struct Entry {
    std::weak_ptr<Cancellable> call;
    const Cancellable* identity;
  };
  std::mutex mutex_;
  std::unordered_map<std::string, Entry> calls_;
};

}  // namespace mcph::mcp
