// One client's connection: reads requests, gives each to the handler, writes the answers in order.
//
// A state machine driven by its worker: socket events, mail from other threads, deadlines. One
// request is in flight at a time; what the client sends meanwhile is read ahead up to a limit.
// Everything happens on the worker's thread and nothing blocks. When closed() turns true, the
// worker forgets the connection before it looks at the next event.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "http/transport/channel.h"
#include "http/transport/connection_id.h"
#include "http/transport/exchange.h"
#include "http/transport/output_buffer.h"
#include "http/transport/request_reader.h"
#include "http/transport/response_writer.h"
#include "http/transport/worker_context.h"

namespace mcph::http {

class Connection final : private AnswerSink {
 public:
  Connection(ConnectionId id, Channel channel, std::string peer, WorkerContext& worker);
  ~Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Registers with the poller. False when the kernel refuses.
  [[nodiscard]] bool open();

  void on_ready(const Readiness& readiness);
  void on_mail(ConnectionMail&& mail);
  void on_deadline();
  // The replies that were held back, and what follows from them.
  void on_batch_end() { proceed_with({}); }
  // No further request is wanted; idle connections close, GET streams end.
  void on_drain();
  void close();

  // The worker has stopped: like close(), but the poller is gone.
  void abandon();

  ConnectionId id() const noexcept { return id_; }
  bool closed() const noexcept { return state_ == State::kClosed; }
  SteadyTime deadline() const noexcept { return deadline_; }

 private:
  enum class State {
    kHandshaking,
    kReading,    // a request, or waiting for one
    kHandling,   // the handler has the request
    kStreaming,  // the answer is an open event stream
    kLingering,  // all is said; reading on so that the peer gets it (RFC 9112 §9.6)
    kClosed,
  };
  // What the deadline is about. Phases and states differ: a reply that is stuck is "writing"
  // whatever comes next.
  enum class Phase { kHandshake, kHead, kBody, kIdle, kHandling, kWriting, kStreaming, kLinger };

  // ---- input (connection_input.cc) ----
  void shake_hands();
  void read_input();
  void end_of_input();
  void proceed_with(std::string_view fresh);
  void proceed();
  bool parse_requests();
  void dispatch();
  bool await_input();
  void stash_input();

  // ---- output (connection_output.cc) ----
  void answer(Response response) override;
  void open_stream(Response head, std::shared_ptr<StreamQueue> queue) override;
  void watch_client(std::function<void()> callback) override;
  void refuse(const Refusal& refusal);
  bool hold_back_output();
  bool write_output();
  bool pull_events();
  void cut_off_slow_consumer();
  void send_events(std::string_view events);
  void end_exchange(bool keep_alive);
  void linger();
  bool may_keep_alive(const Response& response) const;
  ReplyForm reply_form(bool keep_alive) const;

  void enter(Phase phase);
  void restart_deadline(Phase phase);
  void update_interest();
  void tell_client_gone();

  const ConnectionId id_;
  Channel channel_;
  const std::string peer_;
  WorkerContext& worker_;

  State state_ = State::kReading;
  Phase phase_ = Phase::kHead;
  Interest interest_ = Interest::kRead;
  bool input_ended_ = false;     // the peer has shut down its side
  bool input_paused_ = false;    // enough read ahead
  bool output_blocked_ = false;  // the peer does not take more now
  bool closing_ = false;         // after what is in the output
  bool continue_sent_ = false;   // "100 Continue", for the request being read
  SteadyTime deadline_;
  std::uint64_t exchange_ = 0;  // requests given to the handler so far

  RequestReader reader_;
  OutputBuffer output_;
  std::string_view input_;    // not parsed yet; set only while an event is handled
  std::string stored_input_;  // the same between events
  std::shared_ptr<StreamQueue> stream_;
  std::vector<std::function<void()>> gone_callbacks_;
};

// Mail to a connection that no longer exists.
void return_to_sender(ConnectionMail&& mail);

}  // namespace mcph::http
