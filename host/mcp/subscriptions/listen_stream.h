// The stream of one subscription of the modern protocol (MCP 2026-07-28, subscriptions/listen).
// Thread-safe.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "base/http_message.h"
#include "mcp/jsonrpc.h"
#include "mcp/subscriptions/listen_filter.h"
#include "mcp/subscriptions/open_stream.h"
#include "mcp/tasks/task.h"

namespace mcph::mcp {

class ListenStream final : public OpenStream {
 public:
  // Says first of all what was granted. `subscription` is the id of the request, with its type;
  // `implementation` is how this host introduces itself.
  ListenStream(std::shared_ptr<EventStream> connection, JsonToken subscription,
               ListenFilter granted, std::string_view implementation);

  void hear(const Bulletin& bulletin) override;
  // notifications/tasks, if this is news: who reads the task later may say so earlier.
  void hear_task(const Task& task, Milliseconds poll_interval);
  // The response to the request, and the end.
  void end() override;

 private:
  const std::shared_ptr<EventStream> connection_;
  const JsonToken subscription_;
  const ListenFilter granted_;
  const std::string farewell_;
  std::atomic<bool> ended_{false};
  std::mutex mutex_;  // keeps what is said of a task in the order of its versions
  std::unordered_map<std::string, std::int64_t> said_;  // the last version, by task
};

}  // namespace mcph::mcp
