// Streams that a client may come back to, on any host, and what was said on them (MCP 2025-11-25,
// resumability). A stream has one order: the log gives each event its number. Implemented by
// store/. Thread-safe, blocking. Messages are sealed: they are data of users.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace mcph::mcp {

struct LoggedEvent {
  std::int64_t number = 0;
  std::string sealed;
};

struct StreamStatus {
  std::int64_t last = 0;  // number of the last event; 0: none yet
  bool ended = false;     // nothing comes after it
};

class EventLog {
 public:
  virtual ~EventLog() = default;

  struct NewStream {
    std::string name;
    std::string session_hash;  // SHA-256 of the id of the session it belongs to
    bool followed = false;     // hosts are told of every event from the beginning
    UnixTime expires_at{};
  };
  // Opening a stream again is harmless.
  virtual Result<> open(const NewStream& stream) = 0;

  struct Addition {
    std::string name;
    std::vector<std::string> sealed;
    bool last = false;  // nothing comes after them
    std::size_t bytes_max = 0;
    UnixTime expires_at{};  // of the stream: not before that, and with `last` just then
  };
  // The number of the last one added. kNotFound when there is no such stream or it has ended,
  // kLimit when its events would be larger than bytes_max together. Hosts that follow the stream
  // are told.
  virtual Result<std::int64_t> append(const Addition& addition) = 0;

  // The client, which has the events up to `number`, is here now: from now on hosts are told of
  // every event, and all of them that this one reads (`reader` is a name of the connection).
  // kNotFound for a stream of another session, or without such an event.
  virtual Result<StreamStatus> follow(const std::string& name, const std::string& session_hash,
                                      std::int64_t number, const std::string& reader) = 0;

  struct Reading {
    std::vector<LoggedEvent> events;  // in order
    StreamStatus status;              // as of the same moment
  };
  // Those after `number`. kNotFound when the stream is gone.
  virtual Result<Reading> read(const std::string& name, std::int64_t number) = 0;

  // Those up to `number` have reached the client and will never be asked for again.
  virtual Result<> forget(const std::string& name, std::int64_t number) = 0;
  virtual Result<> remove(const std::string& name) = 0;
};

}  // namespace mcph::mcp
