// What one connection still has to send. Belongs to its worker.
//
// Most replies leave soon and in one write, so a connection owns no memory for them: it borrows one
// of the worker's spare buffers and gives it back empty. Only what the peer does not take stays
// here.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "http/transport/channel.h"

namespace mcph::http {

// Empty buffers that have room, of one worker.
class SpareBuffers {
 public:
  // One that is empty; with room, if there is such a one.
  std::string lend();
  void take_back(std::string&& buffer) noexcept;

 private:
  std::vector<std::string> buffers_;
};

class OutputBuffer {
 public:
  explicit OutputBuffer(SpareBuffers& spares) : spares_(spares) {}

  // To append to.
  std::string& tail();
  std::size_t pending_bytes() const noexcept { return bytes_.size() - sent_; }
  bool empty() const noexcept { return pending_bytes() == 0; }

  // kDone when all was taken. `bytes` says whether there was any progress.
  IoResult write_to(Channel& channel);
  void clear() noexcept;

 private:
  SpareBuffers& spares_;
  std::string bytes_;
  std::size_t sent_ = 0;
};

}  // namespace mcph::http
