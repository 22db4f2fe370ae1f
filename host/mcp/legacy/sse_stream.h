// The one stream of an HTTP+SSE session (MCP 2024-11-05): everything the server says to this client
// goes here, whichever host the client's messages reached. When it closes, the session is over.
// Thread-safe.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "mcp/legacy/get_stream.h"
#include "mcp/legacy/stream_readers.h"
#include "mcp/subscriptions/open_stream.h"

namespace mcph::mcp {

class SseStream final : public OpenStream {
 public:
  SseStream(std::shared_ptr<GetStream> announcements, StreamReaders& readers, std::string name,
            StreamReaderPtr reader, std::function<void()> on_over)
      : announcements_(std::move(announcements)),
        readers_(readers),
        name_(std::move(name)),
        reader_(std::move(reader)),
        on_over_(std::move(on_over)) {}

  void hear(const Bulletin& bulletin) override { announcements_->hear(bulletin); }
  void end() override {
    reader_->close();
    be_over();
  }
  void client_left() override { be_over(); }
  StreamReader& reader() noexcept { return *reader_; }

 private:
  void be_over() {
    if (over_.exchange(true)) return;
    readers_.remove(name_, reader_.get());
    on_over_();
  }
  const std::shared_ptr<GetStream> announcements_;
  StreamReaders& readers_;
  const std::string name_;
  const StreamReaderPtr reader_;
  const std::function<void()> on_over_;
  std::atomic<bool> over_{false};
};

}  // namespace mcph::mcp
