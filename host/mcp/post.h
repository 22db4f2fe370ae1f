// POST to the MCP endpoint: from a body to the method that answers it. The order of the checks is
// the protocol's, for it decides which error a wrong request gets.
#pragma once

#include "mcp/legacy/questions.h"
#include "mcp/legacy/resumable_reply.h"
#include "mcp/methods.h"
#include "mcp/visit.h"

namespace mcph::mcp {

// Thread-safe. Never blocks.
class PostHandler {
 public:
  PostHandler(const Services& services, Questions& questions, const ResumableStreams& streams,
              Seconds session_ttl)
      : services_(services), questions_(questions), streams_(streams), session_ttl_(session_ttl) {}

  void handle(Visit& visit) const;

 private:
  void handle_message(Visit& visit, json::value& body) const;
  void handle_batch(Visit& visit, json::array& messages) const;
  void handle_modern(Visit& visit, Message& message) const;
  void handle_initialize(Visit& visit, Message& message) const;
  void handle_legacy_request(Visit& visit, Message& message, ReplyPtr reply) const;
  ReplyPtr make_legacy_reply(const Visit& visit) const;

  const Services& services_;
  Questions& questions_;
  const ResumableStreams& streams_;
  const Seconds session_ttl_;
};

}  // namespace mcph::mcp
