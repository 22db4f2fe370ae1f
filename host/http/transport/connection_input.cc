// The half of Connection that reads.
#include <utility>

#include "http/transport/connection.h"

namespace mcph::http {
namespace {

// Replies to pipelined requests are collected up to this size, then written.
constexpr std::size_t kCollectedRepliesBytes = 64 * 1024;
// An idle connection keeps no more than this.
constexpr std::size_t kStoredCapacityKept = 1024;

}  // namespace

void Connection::shake_hands() {
  switch (channel_.handshake()) {
    case IoStatus::kDone:
      state_ = State::kReading;
      output_blocked_ = false;
      restart_deadline(Phase::kHead);
      update_interest();
      return read_input();
    case IoStatus::kBlocked:
      output_blocked_ = channel_.handshake_wants_write();
      return update_interest();
    case IoStatus::kEnd:
    case IoStatus::kFailed:
      ++worker_.counters.tls_failures;
      return close();
  }
}

void Connection::read_input() {
  do {
    const IoResult got = channel_.read(worker_.input);
    if (got.status == IoStatus::kBlocked) return;
    if (got.status == IoStatus::kFailed) return close();
    if (got.status == IoStatus::kEnd) return end_of_input();
    // While lingering, input is read only so that the peer's TCP does not get a reset, which could
    // overtake our last answer.
    if (state_ != State::kLingering) proceed_with({worker_.input.data(), got.bytes});
  } while (!closed() && !input_paused_ && channel_.has_buffered());
}

// The client will send no more. It may have gone, or it may still read (half-close): only writing
// would tell. An answer under way is therefore given; a stream is not kept up for nobody.
void Connection::end_of_input() {
  input_ended_ = true;
  if (state_ != State::kHandling && state_ != State::kReading) return close();
  if (state_ == State::kHandling) tell_client_gone();
  proceed_with({});
}

void Connection::proceed_with(std::string_view fresh) {
  if (stored_input_.empty()) {
    input_ = fresh;
  } else {
    stored_input_.append(fresh);
    input_ = stored_input_;
  }
  proceed();
  if (!closed()) stash_input();
}

// Does all that can be done now.
void Connection::proceed() {
  while (!closed() && state_ != State::kLingering) {
    if (hold_back_output() || !write_output()) return;
    if (state_ == State::kStreaming) {
      if (!pull_events()) return;
    } else if (closing_) {
      return linger();
    } else if (state_ == State::kHandling) {
      return;
    } else if (!parse_requests()) {
      if (!await_input()) return;
    }
  }
}

// True when there is something to do about the output or the state; false when the input does not
// make up a request.
bool Connection::parse_requests() {
  while (state_ == State::kReading && !closing_ && !input_.empty() &&
         output_.pending_bytes() < kCollectedRepliesBytes) {
    const RequestReader::Progress progress = reader_.feed(input_);
    input_.remove_prefix(progress.consumed);
    switch (progress.step) {
      case RequestReader::Step::kNeedMore:
        return !output_.empty();
      case RequestReader::Step::kRefused:
        refuse(reader_.refusal());
        return true;
      case RequestReader::Step::kComplete:
        dispatch();
        break;
    }
  }
  return state_ != State::kReading || !output_.empty();
}

void Connection::dispatch() {
  ++worker_.counters.requests;
  state_ = State::kHandling;
  enter(Phase::kHandling);
  Request request = reader_.take();
  request.peer = peer_;
  request.tls = channel_.tls();
  AnswerSink& sink = *this;
  const auto exchange = std::make_shared<ServerExchange>(
      worker_.mailbox, id_, ++exchange_, worker_.limits.stream_backlog_bytes_max, sink);
  try {
    worker_.handler(std::move(request), exchange);
  } catch (...) {
    ++worker_.counters.handler_failures;
    worker_.log.error("http.handler_threw");
    exchange->respond(make_bare_500());  // counts only if there was no answer yet
  }
  exchange->leave_handler();
}

// Nothing can be done before the client sends more. True if it waits for us to say "go on".
bool Connection::await_input() {
  const bool draining = worker_.draining.load(std::memory_order_relaxed);
  if (input_ended_ || (draining && !reader_.started())) {
    close();
    return false;
  }
  if (!reader_.started()) {
    if (phase_ != Phase::kHead) enter(Phase::kIdle);
    return false;
  }
  enter(reader_.head_done() ? Phase::kBody : Phase::kHead);
  if (!reader_.awaits_continue() || std::exchange(continue_sent_, true)) return false;
  output_.tail().append("HTTP/1.1 100 Continue\r\n\r\n");
  return true;
}

void Connection::stash_input() {
  if (closing_ || state_ == State::kLingering) input_ = {};
  if (input_.empty()) {
    stored_input_.clear();
    if (stored_input_.capacity() > kStoredCapacityKept) std::string().swap(stored_input_);
  } else if (stored_input_.empty()) {
    stored_input_.assign(input_);
  } else {
    stored_input_.erase(0, stored_input_.size() - input_.size());
  }
  input_ = {};
  input_paused_ = stored_input_.size() >= worker_.limits.read_ahead_bytes_max;
  // Behind a pause the end of the input cannot be seen, and a stream must see it.
  if (input_paused_ && state_ == State::kStreaming) return close();
  update_interest();
}

}  // namespace mcph::http
