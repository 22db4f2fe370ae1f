// What one connection still has to send. Belongs to its worker.
//
// Most replies leave in one write, so a connection owns no memory for them: it borrows the worker's
// spare buffer and gives it back empty. Only what the peer does not take stays here.
#pragma once

#include <cstddef>
#include <string>

#include "http/transport/channel.h"

namespace mcph::http {

class OutputBuffer {
 public:
  explicit OutputBuffer(std::string& spare) : spare_(spare) {}

  // To append to.
  std::string& tail();
  std::size_t pending_bytes() const noexcept { return bytes_.size() - sent_; }
  bool empty() const noexcept { return pending_bytes() == 0; }

  // kDone when all was taken. `bytes` says whether there was any progress.
  IoResult write_to(Channel& channel);
  void clear() noexcept;

 private:
  std::string& spare_;
  std::string bytes_;
  std::size_t sent_ = 0;
};

}  // namespace mcph::http
