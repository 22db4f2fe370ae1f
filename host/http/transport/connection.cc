#include "http/transport/connection.h"

#include <utility>

namespace mcph::http {
Connection::Connection(ConnectionId id, Channel channel, std::string peer, WorkerContext& worker)
    : id_(id),
      channel_(std::move(channel)),
      peer_(std::move(peer)),
      worker_(worker),
      reader_(worker.limits),
      output_(worker.spare_outputs) {}

bool Connection::open() {
  if (channel_.tls()) state_ = State::kHandshaking;
  restart_deadline(channel_.tls() ? Phase::kHandshake : Phase::kHead);
  return worker_.poller.add(channel_.fd(), interest_, static_cast<std::uint64_t>(id_));
}

// ---- Events ----------------------------------------------------------------------------------

void Connection::on_ready(const Readiness& readiness) {
  // Both directions are over, or the socket has failed: nothing can be delivered any more.
  if (readiness.hangup || !(readiness.readable || readiness.writable)) return close();
  if (state_ == State::kHandshaking) return shake_hands();
  if (readiness.writable) proceed_with({});
  if (readiness.readable && !closed()) read_input();
}

void Connection::on_mail(ConnectionMail&& mail) {
  if (mail.exchange != exchange_ || (state_ != State::kHandling && state_ != State::kStreaming)) {
    return;  // that exchange has ended
  }
  if (auto* given = std::get_if<Answer>(&mail.content)) {
    answer(std::move(given->response));
  } else if (auto* stream = std::get_if<OpenStream>(&mail.content)) {
    open_stream(std::move(stream->head), std::move(stream->queue));
  } else if (auto* watch = std::get_if<WatchClient>(&mail.content)) {
    return watch_client(std::move(watch->callback));
  } else if (stream_->overflowed()) {
    return cut_off_slow_consumer();
  }
  const bool was_paused = input_paused_;
  proceed_with({});
  // What TLS has decrypted already, the poller does not report.
  if (was_paused && !closed() && !input_paused_ && channel_.has_buffered()) read_input();
}

void Connection::on_deadline() {
  switch (phase_) {
    case Phase::kStreaming:
      // A comment: proxies and clients see that the stream lives, and we see if the client does.
      send_events(":\n\n");
      return proceed_with({});
    case Phase::kHead:
    case Phase::kBody:
      ++worker_.counters.deadlines_missed;
      if (!reader_.started()) return close();
      refuse({408, "the request did not arrive in time"});
      return proceed_with({});
    case Phase::kHandling:
      return;
    case Phase::kHandshake:
    case Phase::kIdle:
    case Phase::kWriting:
    case Phase::kLinger:
      ++worker_.counters.deadlines_missed;
      return close();
  }
}

void Connection::on_drain() {
  if (state_ == State::kHandshaking) return close();
  const bool idle = state_ == State::kReading && !reader_.started() && output_.empty();
  if (idle) return close();
  if (state_ != State::kStreaming || reader_.method() != Method::kGet) return;
  // A listening stream has no end of its own. The client is told to come back soon; its retry
  // reaches another host.
  send_events("retry: 1000\n\n");
  stream_->abandon();
  tell_client_gone();
  end_exchange(false);
  proceed_with({});
}

// ---- Bookkeeping -----------------------------------------------------------------------------

void Connection::enter(Phase phase) {
  if (phase_ != phase) restart_deadline(phase);
}

void Connection::restart_deadline(Phase phase) {
  const Timeouts& timeouts = worker_.timeouts;
  phase_ = phase;
  switch (phase) {
    case Phase::kHandshake:
      deadline_ = worker_.now + timeouts.tls_handshake;
      break;
    case Phase::kHead:
      deadline_ = worker_.now + timeouts.head;
      break;
    case Phase::kBody:
      deadline_ = worker_.now + timeouts.body;
      break;
    case Phase::kIdle:
      deadline_ = worker_.now + timeouts.idle;
      break;
    case Phase::kHandling:
      deadline_ = SteadyTime::max();
      break;
    case Phase::kWriting:
      deadline_ = worker_.now + timeouts.write_stall;
      break;
    case Phase::kStreaming:
      deadline_ = worker_.now + timeouts.heartbeat;
      break;
    case Phase::kLinger:
      deadline_ = worker_.now + timeouts.linger;
      break;
  }
}

void Connection::update_interest() {
  const bool read = !input_ended_ && !input_paused_;
  const Interest wanted = output_blocked_ ? (read ? Interest::kReadWrite : Interest::kWrite)
                                          : (read ? Interest::kRead : Interest::kNone);
  if (wanted == interest_) return;
  interest_ = wanted;
  if (!worker_.poller.change(channel_.fd(), wanted, static_cast<std::uint64_t>(id_))) close();
}

void Connection::tell_client_gone() {
  // A callback may register nothing here any more, but it may end other exchanges.
  for (const auto& callback : std::exchange(gone_callbacks_, {})) {
    try {
      callback();
    } catch (...) {
      ++worker_.counters.handler_failures;
      worker_.log.error("http.client_gone_callback_threw");
    }
  }
}

void Connection::close() {
  if (closed()) return;
  worker_.poller.remove(channel_.fd());
  abandon();
}

void Connection::abandon() {
  if (closed()) return;
  state_ = State::kClosed;
  channel_.close();
  if (stream_) stream_->abandon();
  output_.clear();
  tell_client_gone();
}

void return_to_sender(ConnectionMail&& mail) {
  if (auto* stream = std::get_if<OpenStream>(&mail.content)) stream->queue->abandon();
  if (auto* watch = std::get_if<WatchClient>(&mail.content)) watch->callback();
}

}  // namespace mcph::http
