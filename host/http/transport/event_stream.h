// The producer's handle on an open text/event-stream answer.
#pragma once

#include <memory>

#include "base/http_message.h"
#include "http/transport/connection_id.h"
#include "http/transport/mailbox.h"

namespace mcph::http {

class ServerEventStream final : public EventStream {
 public:
  ServerEventStream(std::shared_ptr<Mailbox> mailbox, std::shared_ptr<StreamQueue> queue,
                    ConnectionId connection, std::uint64_t exchange);
  ~ServerEventStream() override;

  bool send(std::string_view events) override;
  void close() override;

 private:
  void notify();

  const std::shared_ptr<Mailbox> mailbox_;
  const std::shared_ptr<StreamQueue> queue_;
  const ConnectionId connection_;
  const std::uint64_t exchange_;
};

}  // namespace mcph::http
