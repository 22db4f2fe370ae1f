// The answers that stay open on this host, whatever speaks on them: who they belong to, how many
// there may be, and when they end. A stream lives as long as its token, its session (if it has one)
// and its client; nothing of it outlives the connection. Thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/caller.h"
#include "base/http_message.h"
#include "base/time.h"
#include "mcp/legacy/sessions.h"
#include "mcp/subscriptions/open_stream.h"
#include "mcp/subscriptions/stream_access.h"

namespace mcph::mcp {

struct StreamOwner {
  CallerPtr caller;
  StreamAccess access;
  OpenSessionPtr session;  // null under the modern protocol
};

class OpenStreams {
 public:
  struct Limits {
    std::size_t total_max;
    std::size_t per_principal_max;
  };
  OpenStreams(const Clock& clock, Limits limits) : clock_(clock), table_(new Table{limits}) {}

  // Given the connection, makes what speaks on it. Must not call this class.
  using MakeStream = std::function<std::shared_ptr<OpenStream>(std::shared_ptr<EventStream>)>;

  // Answers the exchange with a stream. Of streams with the same key there is one: the client of an
  // older one has come back before we noticed that it left, and that one is ended. Without a key
  // there may be many. Null, and no answer, when a limit is reached or end_all() was called.
  std::shared_ptr<OpenStream> open(const ExchangePtr& exchange, StreamOwner owner, std::string key,
                                   const MakeStream& make);

  // For every stream, outside of any lock.
  void for_each(const std::function<void(OpenStream&)>& visit) const;
  // For the session of each of its streams here; of every session when the hash is empty. Under the
  // lock: must be short.
  void for_session(std::string_view id_hash, const std::function<void(OpenSession&)>& visit) const;
  std::shared_ptr<OpenStream> find(std::string_view key) const;

  void end(std::string_view key);
  void end_session(std::string_view id_hash);
  // Ends the streams of revoked access, at once.
  using Condition = std::function<bool(const Caller& caller, std::string_view token_hash)>;
  void end_if(const Condition& condition);
  // The host stops: ends all, and none is opened any more.
  void end_all();
  // Ends streams whose token or session ran out, and checks the tokens of all others: for what
  // nobody told us. To be called every limits::kStreamRecheck.
  void recheck();

  std::size_t count() const;

 private:
  struct Entry {
    std::shared_ptr<OpenStream> stream;
    StreamOwner owner;
    std::string key;
  };
  using Number = std::uint64_t;
  // Shared with callbacks that may come when the owner is gone.
  struct Table {
    explicit Table(Limits l) : limits(l) {}
    const Limits limits;
    mutable std::mutex mutex;
    bool closed = false;
    Number last = 0;
    std::unordered_map<Number, Entry> entries;
    std::unordered_map<std::string_view, Number> by_key;  // keys live in the entries
    std::unordered_map<PrincipalId, std::size_t> per_principal;

    // The stream is handed out, to be ended outside the lock.
    std::shared_ptr<OpenStream> take(Number number);   // mutex held
    bool is_full(const PrincipalId& principal) const;  // mutex held
    void end(Number number);
    void client_left(Number number);
  };
  using Wanted = std::function<bool(const Entry& entry)>;
  void end_matching(const Wanted& wanted);
  static void watch_client(const ExchangePtr& exchange, const std::shared_ptr<Table>& table,
                           Number number);

  const Clock& clock_;
  const std::shared_ptr<Table> table_;
};

}  // namespace mcph::mcp
