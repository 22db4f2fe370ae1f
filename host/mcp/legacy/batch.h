// JSON-RPC batches, which 2025-03-26 alone has: every request of an array gets a slot, and when the
// last slot is filled the client gets one array back.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "mcp/reply.h"

namespace mcph::mcp {

// Thread-safe. Kept alive by its slots.
class Batch : public std::enable_shared_from_this<Batch> {
 public:
  // `slots` is how often make_slot() will be called; with none the batch is accepted at once.
  static std::shared_ptr<Batch> open(ReplyPtr reply, ExchangePtr exchange, std::size_t slots);
  ReplyPtr make_slot();

 private:
  friend class BatchSlot;
  Batch(ReplyPtr reply, ExchangePtr exchange, std::size_t slots)
      : reply_(std::move(reply)), exchange_(std::move(exchange)), open_slots_(slots) {}
  // `part` is one JSON-RPC response, or empty. A refusal with an HTTP status of its own (401, 403,
  // 503) speaks for the whole request, because there is only one status.
  void fill(std::string part, const Rejection* refusal);
  void finish();

  const ReplyPtr reply_;
  const ExchangePtr exchange_;
  std::mutex mutex_;
  std::size_t open_slots_;
  std::string parts_;
  std::optional<Rejection> refusal_;
};

}  // namespace mcph::mcp
