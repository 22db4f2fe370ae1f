// The half of Connection that answers.
#include <utility>

#include "http/transport/connection.h"

namespace mcph::http {

// ---- From the handler, at once or later ------------------------------------------------------

void Connection::answer(Response response) {
  if (!is_sendable(response)) {
    ++worker_.counters.handler_failures;
    worker_.log.error("http.response_not_sendable", {{"status", response.status}});
    response = make_bare_500();
  }
  const bool keep_alive = may_keep_alive(response);
  write_reply(output_.tail(), response, reply_form(keep_alive), worker_.date.text());
  end_exchange(keep_alive);
}

void Connection::open_stream(Response head, std::shared_ptr<StreamQueue> queue) {
  if (!is_sendable(head)) {
    queue->abandon();
    return answer(std::move(head));
  }
  ++worker_.counters.streams_opened;
  // Without chunks only the end of the connection ends the stream.
  const bool keep_alive = reader_.minor_version() > 0 && may_keep_alive(head);
  write_stream_head(output_.tail(), head, reply_form(keep_alive), worker_.date.text());
  if (reader_.method() == Method::kHead) {
    queue->abandon();
    return end_exchange(keep_alive);
  }
  closing_ = !keep_alive;
  stream_ = std::move(queue);
  state_ = State::kStreaming;
  if (input_ended_) close();  // see end_of_input()
}

void Connection::watch_client(std::function<void()> callback) {
  if (state_ != State::kHandling && state_ != State::kStreaming) return;
  gone_callbacks_.push_back(std::move(callback));
  if (input_ended_) tell_client_gone();
}

// ---- From us ---------------------------------------------------------------------------------

// Where the next request would begin is not known any more, so none is looked for: the connection
// ends after this answer.
void Connection::refuse(const Refusal& refusal) {
  ++worker_.counters.requests_refused;
  write_reply(output_.tail(), worker_.make_refusal(refusal.status, refusal.why), reply_form(false),
              worker_.date.text());
  closing_ = true;
}

bool Connection::may_keep_alive(const Response& response) const {
  return reader_.keep_alive() && !asks_to_close(response) &&
         !worker_.draining.load(std::memory_order_relaxed);
}

ReplyForm Connection::reply_form(bool keep_alive) const {
  return {reader_.minor_version(), reader_.method() == Method::kHead, keep_alive};
}

// Sending a reply wakes up whoever waits for it, which costs more than many a reply. Those of one
// batch therefore leave together: by the second, the client is awake.
bool Connection::hold_back_output() {
  const bool replied = state_ == State::kReading && !closing_ && !input_ended_ && input_.empty();
  if (!worker_.in_batch || !replied || output_.empty() || output_blocked_) return false;
  worker_.unsent.push_back(id_);
  return true;
}

// False when the peer takes no more for now, or never again.
bool Connection::write_output() {
  if (output_.empty()) return true;
  const IoResult wrote = output_.write_to(channel_);
  switch (wrote.status) {
    case IoStatus::kDone:
      output_blocked_ = false;
      if (phase_ == Phase::kWriting) enter(Phase::kHandling);
      return true;
    case IoStatus::kBlocked:
      output_blocked_ = true;
      if (phase_ != Phase::kWriting || wrote.bytes > 0) restart_deadline(Phase::kWriting);
      return false;
    case IoStatus::kEnd:
    case IoStatus::kFailed:
      close();
      return false;
  }
  return false;
}

// Called with the output empty: what the client has not read stays in the queue, whose limit it
// counts against. True when there is something to write.
bool Connection::pull_events() {
  std::string& events = worker_.spare_events;
  events.clear();
  const StreamQueue::State state = stream_->take(events);
  if (state == StreamQueue::State::kOverflowed) {
    cut_off_slow_consumer();
    return false;
  }
  if (!events.empty()) send_events(events);
  if (state == StreamQueue::State::kFinished) {
    end_exchange(true);
    return true;
  }
  if (output_.empty()) restart_deadline(Phase::kStreaming);
  return !output_.empty();
}

void Connection::cut_off_slow_consumer() {
  ++worker_.counters.slow_consumers;
  close();
}

void Connection::send_events(std::string_view events) {
  if (reader_.minor_version() == 0) {
    output_.tail().append(events);
  } else {
    write_chunk(output_.tail(), events);
  }
}

// Of a stream that was promised to stay, but the server began to drain, the client learns by the
// end of the connection.
void Connection::end_exchange(bool keep_alive) {
  if (state_ == State::kStreaming && reader_.minor_version() > 0) write_last_chunk(output_.tail());
  closing_ = closing_ || !keep_alive || worker_.draining.load(std::memory_order_relaxed);
  state_ = State::kReading;
  continue_sent_ = false;
  stream_.reset();
  gone_callbacks_.clear();
  reader_.reset();
}

void Connection::linger() {
  if (input_ended_) return close();
  channel_.end_output();
  state_ = State::kLingering;
  restart_deadline(Phase::kLinger);
}

}  // namespace mcph::http
