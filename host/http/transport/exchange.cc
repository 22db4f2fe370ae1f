#include "http/transport/exchange.h"

#include <utility>

#include "http/transport/event_stream.h"

namespace mcph::http {

ServerExchange::ServerExchange(std::shared_ptr<Mailbox> mailbox, ConnectionId connection,
                               std::uint64_t serial, std::size_t backlog_bytes_max,
                               AnswerSink& sink)
    : mailbox_(std::move(mailbox)),
      connection_(connection),
      serial_(serial),
      backlog_bytes_max_(backlog_bytes_max),
      sink_(&sink) {}

// Forgotten: the client must not wait for ever.
ServerExchange::~ServerExchange() {
  if (!answered_.load(std::memory_order_acquire)) respond(make_bare_500());
}

void ServerExchange::respond(Response response) {
  if (!take_turn()) return;
  if (AnswerSink* direct = sink()) {
    direct->answer(std::move(response));
  } else {
    mailbox_->post(ConnectionMail{connection_, serial_, Answer{std::move(response)}});
  }
}

std::shared_ptr<EventStream> ServerExchange::open_stream(Response head) {
  auto queue = std::make_shared<StreamQueue>(backlog_bytes_max_);
  auto stream = std::make_shared<ServerEventStream>(mailbox_, queue, connection_, serial_);
  if (!take_turn()) {
    queue->abandon();
  } else if (AnswerSink* direct = sink()) {
    direct->open_stream(std::move(head), std::move(queue));
  } else if (!mailbox_->post(
                 ConnectionMail{connection_, serial_, OpenStream{std::move(head), queue}})) {
    queue->abandon();
  }
  return stream;
}

void ServerExchange::on_client_gone(std::function<void()> callback) {
  if (AnswerSink* direct = sink()) return direct->watch_client(std::move(callback));
  Mail mail = ConnectionMail{connection_, serial_, WatchClient{std::move(callback)}};
  if (!mailbox_->post(std::move(mail))) {
    // The server has stopped, and every client is gone.
    std::get<WatchClient>(std::get<ConnectionMail>(mail).content).callback();
  }
}

Response make_bare_500() {
  return make_text_response(500, "text/plain; charset=utf-8", "Internal Server Error\n");
}

}  // namespace mcph::http
