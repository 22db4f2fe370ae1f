// Open GET streams: the channel on which a legacy server may speak without being asked. A stream
// lives as long as its session, its token and its client; nothing of it outlives the connection.
// Thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/http_message.h"
#include "base/time.h"
#include "mcp/legacy/sessions.h"

namespace mcph::mcp {

// Asks again whether the access token a request came with is still good, and reports it from any
// thread. Must not block.
using TokenCheck = std::function<void(std::function<void(bool good)>)>;

class EventStreams {
 public:
  struct Limits {
    std::size_t total_max;
    std::size_t per_principal_max;
  };
  EventStreams(const Clock& clock, Limits limits) : clock_(clock), table_(new Table{limits}) {}

  struct Opening {
    OpenSessionPtr session;
    CallerPtr caller;
    std::string token_hash;
    TokenCheck token_check;
  };
  // Answers the exchange with a stream. An older stream of the session on this host is ended: the
  // client has come back before we noticed that it left. False, without an answer, when a limit is
  // reached.
  [[nodiscard]] bool open(const ExchangePtr& exchange, Opening opening);

  void end_session(std::string_view id_hash);
  // Ends the streams of revoked access, at once.
  using Condition = std::function<bool(const Caller& caller, std::string_view token_hash)>;
  void end_if(const Condition& condition);
  // Ends streams whose token or session ran out, and checks the tokens of all others: for what
  // nobody told us. To be called every limits::kStreamRecheck.
  void recheck();

  std::size_t count() const;

 private:
  struct Stream {
    std::shared_ptr<EventStream> events;
    Opening opening;
  };
  using Number = std::uint64_t;
  // Shared with callbacks that may come when the owner is gone.
  struct Table {
    explicit Table(Limits l) : limits(l) {}
    const Limits limits;
    std::mutex mutex;
    Number last = 0;
    std::unordered_map<Number, Stream> streams;
    std::unordered_map<std::string_view, Number> by_session;  // keys live in the streams
    std::unordered_map<PrincipalId, std::size_t> per_principal;

    // The stream is handed out, to be closed outside the lock.
    std::shared_ptr<EventStream> take(Number number);  // mutex held
    void end(Number number);
  };
  bool is_full(const PrincipalId& principal) const;  // mutex held

  const Clock& clock_;
  const std::shared_ptr<Table> table_;
};

}  // namespace mcph::mcp
