// The connections of one worker, by id. Not thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "http/transport/connection.h"
#include "http/transport/connection_id.h"

namespace mcph::http {

class ConnectionTable {
 public:
  ConnectionTable();
  ~ConnectionTable();

  // Null when every slot is taken.
  Connection* add(Channel channel, std::string peer, WorkerContext& worker);
  // Null when it is gone, also if its slot was given to another one since.
  Connection* find(ConnectionId id) noexcept;
  void remove(ConnectionId id);

  std::size_t slot_count() const noexcept { return slots_.size(); }
  // The connection in that slot and its id, or null. For going through all of them while any may be
  // removed.
  struct Entry {
    ConnectionId id;
    Connection* connection;
  };
  Entry at(std::size_t slot) noexcept;

 private:
  struct Slot {
    std::uint64_t uses = 0;
    std::unique_ptr<Connection> connection;
  };
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_;
};

}  // namespace mcph::http
