// The legacy sessions of this installation, as one host sees them: opened ids are kept ready, and
// what was done to a session elsewhere is asked when a notification says so, and at least every
// limits::kTerminationTrust.
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

// A session whose id was opened here. Shared between the cache, requests and streams. Thread-safe.
struct OpenSession {
  OpenSession(std::string session_id, Session what, std::string hash)
      : id(std::move(session_id)), session(std::move(what)), id_hash(std::move(hash)) {}

  const std::string id;
  const Session session;
  const std::string id_hash;                      // SHA-256 of the id
  std::atomic<bool> terminated{false};            // once true, it stays
  std::atomic<bool> changed{false};               // the store knows more than what is here
  std::atomic<SteadyTime::rep> trusted_until{0};  // no need to ask the store before

  // What the client can do: ClientCapability bits.
  std::uint16_t capabilities() const;
  // What it set with logging/setLevel; nothing before it did.
  std::optional<Severity> log_level() const;
  bool is_subscribed(const std::string& uri_hash) const;
  void apply(SessionState state);
  // Held while the store is asked, so that an older answer never comes after a newer one.
  std::mutex& refreshing() noexcept { return refreshing_; }

 private:
  std::mutex refreshing_;
  mutable std::mutex mutex_;
  SessionState state_;
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

  // Blocking. What the client asks of its session; in force here at once.
  Result<> set_log_level(OpenSession& session, Severity level);
  Result<> set_capabilities(OpenSession& session, std::uint16_t capabilities);
  Result<> subscribe(OpenSession& session, std::string_view uri);
  Result<> unsubscribe(OpenSession& session, std::string_view uri);

  // Blocking. Ends it on every host.
  Result<> terminate(OpenSession& session);
  // Another host ended it. `id_hash` as in SessionStore.
  void note_terminated(std::string_view id_hash);
  // The store knows more of it than we do.
  void note_changed(std::string_view id_hash);
  void note_all_changed();

 private:
  using Recent = std::list<OpenSessionPtr>;  // most recently used first
  struct Shard {
    std::mutex mutex;
    Recent recent;
    std::unordered_map<std::string_view, Recent::iterator> by_id;  // keys live in the list
    std::unordered_map<std::string_view, OpenSessionPtr> by_hash;
  };
  static constexpr std::size_t kShards = 16;
  Shard& shard_of(std::string_view id) noexcept;
  OpenSessionPtr find_open(std::string_view id);
  OpenSessionPtr find_by_hash(std::string_view id_hash);
  OpenSessionPtr keep(OpenSessionPtr session);
  Result<> reload(OpenSession& session);
  SteadyTime::rep trust_end() const noexcept;

  const SessionIds ids_;
  SessionStore& store_;
  const Clock& clock_;
  const std::size_t open_max_per_shard_;
  std::array<Shard, kShards> shards_;
};

}  // namespace mcph::mcp
