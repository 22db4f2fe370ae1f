// HTTP+SSE, the transport of 2024-11-05, for clients that have not moved on: one stream that says
// where to POST, and answers that all come on it. The stream is on one host, a message may reach
// any. Thread-safe, never blocks.
#pragma once

#include <memory>
#include <string>

#include "mcp/jsonrpc.h"
#include "mcp/legacy/questions.h"
#include "mcp/legacy/resumable_reply.h"
#include "mcp/legacy/sse_stream.h"
#include "mcp/methods.h"
#include "mcp/visit.h"

namespace mcph::mcp {

// Where both ends are found. The clients' library for OAuth wants the protected resource to be a
// prefix of the address it was given, so the stream has a second one below that.
inline constexpr const char* kSsePath = "/sse";
inline constexpr const char* kSsePathBelowMcp = "/mcp/sse";
inline constexpr const char* kMessagesPath = "/messages";

// What it is built on; outlives it.
struct SseParts {
  const Services& services;
  Sessions& sessions;  // of this transport alone: the ids of the other one do not work here
  const ResumableStreams& logged;
  const GetStreamParts& get_streams;
  Questions& questions;
  Seconds session_ttl;
};

class SseTransport {
 public:
  explicit SseTransport(const SseParts& parts) : parts_(parts) {}

  // GET: opens a stream, and with it a session.
  void open(Arrival arrival);
  // POST: a message of a session's client.
  void take(Arrival arrival);

 private:
  void open_logged(const std::shared_ptr<Arrival>& arrival, const OpenSessionPtr& session);
  std::shared_ptr<OpenStream> make_stream(std::shared_ptr<EventStream> connection,
                                          const OpenSessionPtr& session);
  void end_session(const OpenSessionPtr& session);
  void route(Visit& visit);
  void handle(Visit& visit, Message& message);
  void initialize(const Visit& visit, const Message& message, const ReplyPtr& reply);
  ReplyPtr make_reply(const OpenSession& session) const;

  const SseParts parts_;
};

}  // namespace mcph::mcp
