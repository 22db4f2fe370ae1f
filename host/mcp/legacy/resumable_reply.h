// The answer to a request of a client that may come back for it (sessions of 2025-11-25 and later).
// One JSON body if nothing is said before it, which costs nothing more than any other; else a
// stream that goes through the event log. Thread-safe.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "base/http_message.h"
#include "base/random.h"
#include "mcp/legacy/sessions.h"
#include "mcp/legacy/stream_writer.h"
#include "mcp/reply.h"

namespace mcph::mcp {

// What makes them; outlives them.
struct ResumableStreams {
  LoggedStreamParts parts;
  StreamReaders& readers;
  Random& random;
};

class ResumableReply final : public Reply {
 public:
  ResumableReply(ExchangePtr exchange, Accepts accepts, const ResumableStreams& streams,
                 OpenSessionPtr session)
      : exchange_(std::move(exchange)),
        accepts_(accepts),
        streams_(streams),
        session_(std::move(session)) {}

  void send_result(std::string body) override;
  void send_rejection(const JsonToken& id, const Rejection& rejection) override;
  bool notify(std::string_view message) override;
  void release() override;
  void end_silently() override;
  void on_client_gone(std::function<void()> callback) override;

 private:
  void open_stream();  // mutex_ held
  const ExchangePtr exchange_;
  const Accepts accepts_;
  const ResumableStreams& streams_;
  const OpenSessionPtr session_;
  std::mutex mutex_;
  std::shared_ptr<StreamWriter> writer_;
  bool ended_ = false;
};

}  // namespace mcph::mcp
