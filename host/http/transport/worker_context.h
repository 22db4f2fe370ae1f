// What the connections of one worker have in common. One thread.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "base/http_message.h"
#include "base/time.h"
#include "http/transport/connection_id.h"
#include "http/transport/counters.h"
#include "http/transport/date_line.h"
#include "http/transport/mailbox.h"
#include "http/transport/options.h"
#include "http/transport/output_buffer.h"
#include "http/transport/reactor.h"
#include "observability/log.h"

namespace mcph::http {

// As much as one event reads; a second read sees the rest.
inline constexpr std::size_t kInputBytes = 64 * 1024;

struct WorkerContext {
  const Timeouts& timeouts;
  const Limits& limits;
  const RequestHandler& handler;
  const Log& log;
  const std::atomic<bool>& draining;
  const std::shared_ptr<Mailbox> mailbox;
  const MakeServerRefusal make_refusal = make_text_refusal;

  Poller poller;
  SteadyTime now;         // of the batch of events being handled
  bool in_batch = false;  // what is to be sent may wait for its end
  DateLine date;
  Counters counters;
  SpareBuffers spare_outputs;
  std::vector<ConnectionId> unsent;  // connections with replies to be sent at the end of the batch
  std::string spare_events;          // on its way from a stream's queue to the output
  std::array<char, kInputBytes> input;
};

}  // namespace mcph::http
