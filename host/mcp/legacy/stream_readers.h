// The logged streams whose clients are connected to this host, by name. Thread-safe.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "mcp/legacy/stream_reader.h"

namespace mcph::mcp {

using StreamReaderPtr = std::shared_ptr<StreamReader>;

class StreamReaders {
 public:
  // A predecessor is closed: its client has come back. `connection` tells this one from others, on
  // this host and elsewhere.
  void add(const std::string& name, const std::string& connection, const StreamReaderPtr& reader);
  // If it is still that one.
  void remove(const std::string& name, const StreamReader* reader);
  StreamReaderPtr find(const std::string& name) const;
  // There are events up to that number.
  void note_grown(const std::string& name, std::int64_t last_number, bool ended) const;
  // The client has come back by that connection, here or elsewhere.
  void note_taken(const std::string& name, const std::string& connection);
  // News may have been lost.
  void catch_up_all() const;
  std::size_t count() const;

 private:
  struct Entry {
    std::string connection;
    StreamReaderPtr reader;
  };
  mutable std::mutex mutex_;
  std::unordered_map<std::string, Entry> readers_;
};

}  // namespace mcph::mcp
