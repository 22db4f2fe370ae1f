// The client's end of a logged stream on this host: gives it every event once, in order, each with
// the id under which it is stored. What the writer has just stored comes directly; whatever came
// otherwise (before the client returned, or from another host) is read from the log. Thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/executor.h"
#include "base/http_message.h"
#include "crypto/key_ring.h"
#include "mcp/legacy/event_log.h"
#include "observability/log.h"

namespace mcph::mcp {

// What all of them need; outlives them.
struct LoggedStreamParts {
  EventLog& log;
  const crypto::Sealer& sealer;
  Executor& executor;
  const Clock& clock;
  const Log& diary;
};

class StreamReader : public std::enable_shared_from_this<StreamReader> {
 public:
  // How a message becomes bytes for the client.
  enum class Wire {
    kWithIds,  // Streamable HTTP
    kNamed,    // HTTP+SSE: `event: message`, no ids; what was sent is forgotten
  };
  StreamReader(const LoggedStreamParts& parts, std::string name, Wire wire,
               std::shared_ptr<EventStream> connection, std::int64_t position,
               std::function<void(const StreamReader&)> on_end)
      : parts_(parts),
        name_(std::move(name)),
        wire_(wire),
        connection_(std::move(connection)),
        on_end_(std::move(on_end)),
        position_(position) {}

  // The writer of this host stored these; the last one has that number.
  void offer(const std::vector<std::string>& messages, std::int64_t last_number, bool ended);
  // These could not be stored, and nothing will be any more.
  void offer_unlogged(const std::vector<std::string>& messages, bool ended);
  // There are events up to that number.
  void note_grown(std::int64_t last_number, bool ended);
  // Reads whatever there is.
  void catch_up();
  // Says a message that is in no log.
  void say_message(const std::string& message);
  // Says bytes that are no event.
  void say(std::string_view bytes) { connection_->send(bytes); }
  // The client goes, and may come back.
  void close() { connection_->close(); }
  // There is nothing more for this connection. Calls `on_end`.
  void end();

 private:
  void read();
  enum class Read { kDone, kEnded, kFailed };
  Read read_once();
  void send(const std::vector<std::string>& messages, std::int64_t last_number);  // mutex_ held
  std::string make_text(const std::string& message, std::int64_t number) const;

  const LoggedStreamParts& parts_;
  const std::string name_;
  const Wire wire_;
  const std::shared_ptr<EventStream> connection_;
  const std::function<void(const StreamReader&)> on_end_;
  std::mutex mutex_;
  std::int64_t position_;  // the client has everything up to here
  bool reading_ = false;
  bool read_again_ = false;
};

}  // namespace mcph::mcp
