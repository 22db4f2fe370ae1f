// One request's right to be answered, once, from any thread. It knows its connection by id only, so
// it can outlive it; an answer to a connection that is gone is dropped.
#pragma once

#include <atomic>
#include <memory>

#include "base/http_message.h"
#include "http/transport/connection_id.h"
#include "http/transport/mailbox.h"

namespace mcph::http {

// Where an answer goes that is given before the handler returns: straight into the connection,
// without a detour through the mailbox. Called on the worker's thread.
class AnswerSink {
 protected:
  ~AnswerSink() = default;

 public:
  virtual void answer(Response response) = 0;
  virtual void open_stream(Response head, std::shared_ptr<StreamQueue> queue) = 0;
  virtual void watch_client(std::function<void()> callback) = 0;
};

class ServerExchange final : public Exchange {
 public:
  ServerExchange(std::shared_ptr<Mailbox> mailbox, ConnectionId connection, std::uint64_t serial,
                 std::size_t backlog_bytes_max, AnswerSink& sink);
  ~ServerExchange() override;

  void respond(Response response) override;
  std::shared_ptr<EventStream> open_stream(Response head) override;
  void on_client_gone(std::function<void()> callback) override;

  // The handler returned: from now on answers go through the mailbox. On the worker's thread.
  void leave_handler() noexcept { sink_ = nullptr; }

 private:
  // Set only while the handler runs. Written and, after the thread was checked, read on the
  // worker's thread alone.
  AnswerSink* sink() const noexcept { return mailbox_->on_owner_thread() ? sink_ : nullptr; }
  bool take_turn() noexcept { return !answered_.exchange(true, std::memory_order_acq_rel); }

  const std::shared_ptr<Mailbox> mailbox_;
  const ConnectionId connection_;
  const std::uint64_t serial_;
  const std::size_t backlog_bytes_max_;
  AnswerSink* sink_;
  std::atomic<bool> answered_{false};
};

// What a client gets when something is wrong on our side: no word about what.
Response make_bare_500();

}  // namespace mcph::http
