#include "http/transport/event_stream.h"

#include <utility>

namespace mcph::http {

ServerEventStream::ServerEventStream(std::shared_ptr<Mailbox> mailbox,
                                     std::shared_ptr<StreamQueue> queue, ConnectionId connection,
                                     std::uint64_t exchange)
    : mailbox_(std::move(mailbox)),
      queue_(std::move(queue)),
      connection_(connection),
      exchange_(exchange) {}

ServerEventStream::~ServerEventStream() {
  close();
}

bool ServerEventStream::send(std::string_view events) {
  // An empty chunk would end the answer, so it is nothing at all.
  if (events.empty()) return queue_->open();
  const StreamQueue::Push push = queue_->push(events);
  if (push.notify) notify();
  return push.accepted;
}

void ServerEventStream::close() {
  if (queue_->finish().notify) notify();
}

void ServerEventStream::notify() {
  mailbox_->post(ConnectionMail{connection_, exchange_, StreamNews{}});
}

}  // namespace mcph::http
