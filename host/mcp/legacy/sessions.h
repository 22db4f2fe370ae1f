// The legacy sessions of this installation, as one host sees them: opened ids are kept ready, and
// whether a session was ended elsewhere is asked at most every limits::kTerminationTrust.
// Everything here can be rebuilt from the id, so it is a cache and no more. Thread-safe.
#pragma once

#include <array>
#include <atomic>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/caller.h"
#include "base/result.h"
#include "base/time.h"
#include "mcp/legacy/session.h"
#include "mcp/legacy/session_store.h"
#include "mcp/log_levels.h"

namespace mcph::mcp {

// A session whose id was opened here. Shared between the cache and the requests that use it.
struct OpenSession {
  OpenSession(std::string session_id, Session what, std::string hash)
      : id(std::move(session_id)), session(std::move(what)), id_hash(std::move(hash)) {}

  const std::string id;
  const Session session;
  const std::string id_hash;                      // SHA-256 of the id
  std::atomic<bool> terminated{false};            // once true, it stays
  std::atomic<SteadyTime::rep> trusted_until{0};  // no need to ask the store before

  // What the client can do: ClientCapability bits.
  std::uint16_t capabilities() const noexcept { return session.capabilities; }
  // What it set with logging/setLevel; nothing before it did.
  std::optional<Severity> log_level() const noexcept {
    const int level = log_level_.load();
    if (level < 0) return std::nullopt;
    return static_cast<Severity>(level);
  }
  void set_log_level(std::optional<Severity> level) noexcept {
    log_level_ = level.has_value() ? static_cast<int>(*level) : -1;
  }

 private:
  std::atomic<int> log_level_{-1};
};

using OpenSessionPtr = std::shared_ptr<OpenSession>;

class Sessions {
 public:
  Sessions(SessionIds ids, SessionStore& store, const Clock& clock, std::size_t open_max);

  // A new session with its id.
  OpenSessionPtr issue(Session session);

  // Null when the id is forged, expired or somebody else's: the three must look the same.
  // No I/O.
  OpenSessionPtr find(std::string_view id, const Caller& caller);

  // True when the store has to be asked (by refresh()) before the session may be used.
  bool is_stale(const OpenSession& session) const noexcept;
  // Blocking. An error when the store cannot be asked.
  Result<> refresh(OpenSession& session);

  // Blocking. Ends it on every host.
  Result<> terminate(OpenSession& session);
  // Another host ended it. `id_hash` as in SessionStore.
  void note_terminated(std::string_view id_hash);

 private:
  using Recent = std::list<OpenSessionPtr>;  // most recently used first
  struct Shard {
    std::mutex mutex;
    Recent recent;
    std::unordered_map<std::string_view, Recent::iterator> by_id;  // keys live in the list
    std::unordered_map<std::string_view, OpenSessionPtr> by_hash;
  };
  Shard& shard_of(std::string_view id) noexcept;
  OpenSessionPtr find_open(std::string_view id);
  OpenSessionPtr keep(OpenSessionPtr session);
  SteadyTime::rep trust_end() const noexcept;

  const SessionIds ids_;
  SessionStore& store_;
  const Clock& clock_;
  const std::size_t open_max_per_shard_;
  std::array<Shard, 16> shards_;
};

}  // namespace mcph::mcp
