// The answer to a message of an HTTP+SSE session: it travels on the session's stream, directly when
// that is on this host, else through the event log. Thread-safe.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "mcp/legacy/stream_writer.h"
#include "mcp/reply.h"

namespace mcph::mcp {

class SseReply final : public Reply {
 public:
  SseReply(const LoggedStreamParts& parts, StreamReaders& readers, std::string name,
           std::string session_hash)
      : readers_(readers),
        name_(name),
        writer_(std::make_shared<StreamWriter>(parts, readers, std::move(name),
                                               std::move(session_hash),
                                               StreamWriter::Stream::kOfTheSession)) {}

  void send_result(std::string body) override { end_with(std::move(body)); }
  void send_rejection(const JsonToken& id, const Rejection& rejection) override {
    end_with(make_error_body(id, rejection));
  }
  bool notify(std::string_view message) override {
    if (ended_) return false;
    send(std::string(message));
    return true;
  }
  void end_silently() override { ended_ = true; }
  // Disconnecting ends the session, which cancels its calls.
  void on_client_gone(std::function<void()>) override {}

 private:
  void end_with(std::string message) {
    if (!ended_.exchange(true)) send(std::move(message));
  }
  void send(std::string message) {
    if (const StreamReaderPtr here = readers_.find(name_)) return here->say_message(message);
    writer_->write(std::move(message));
  }
  StreamReaders& readers_;
  const std::string name_;
  const std::shared_ptr<StreamWriter> writer_;
  std::atomic<bool> ended_{false};
};

}  // namespace mcph::mcp
