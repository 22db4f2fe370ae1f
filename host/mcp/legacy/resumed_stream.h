// A connection by which a client came back to one of its streams. Thread-safe.
#pragma once

#include <string>

#include "mcp/legacy/stream_readers.h"
#include "mcp/subscriptions/open_stream.h"

namespace mcph::mcp {

class ResumedStream final : public OpenStream {
 public:
  ResumedStream(StreamReaders& readers, std::string name, StreamReaderPtr reader)
      : readers_(readers), name_(std::move(name)), reader_(std::move(reader)) {}

  void end() override {
    readers_.remove(name_, reader_.get());
    reader_->close();
  }
  void client_left() override { readers_.remove(name_, reader_.get()); }
  StreamReader& reader() noexcept { return *reader_; }

 private:
  StreamReaders& readers_;
  const std::string name_;
  const StreamReaderPtr reader_;
};

}  // namespace mcph::mcp
