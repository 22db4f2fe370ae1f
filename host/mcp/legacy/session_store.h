// What hosts must share about legacy sessions. A session id carries its own state, so this is
// little: whether the session was ended before its time, and what its client asked for since.
// Implemented by store/. Thread-safe, blocking. Rows are of no use after `expires_at`: the id is
// then refused by itself. Every change is heard on every host.
//
// `id_hash` is the SHA-256 of the session id, `uri_hash` that of a resource's URI; 32 raw bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "mcp/log_levels.h"

namespace mcph::mcp {

struct SessionState {
  bool terminated = false;
  std::optional<Severity> log_level;  // of logging/setLevel
  // Of HTTP+SSE sessions, whose id is older than their handshake: ClientCapability bits.
  std::uint16_t capabilities = 0;
  std::vector<std::string> subscriptions;  // uri_hash of each resource

  friend bool operator==(const SessionState&, const SessionState&) = default;
};

class SessionStore {
 public:
  virtual ~SessionStore() = default;
  // Ends the session on every host: their caches hear of it at once. Repeating is harmless.
  virtual Result<> terminate(const std::string& id_hash, UnixTime expires_at) = 0;
  virtual Result<SessionState> load(const std::string& id_hash) = 0;

  virtual Result<> set_log_level(const std::string& id_hash, Severity level,
                                 UnixTime expires_at) = 0;
  virtual Result<> set_capabilities(const std::string& id_hash, std::uint16_t capabilities,
                                    UnixTime expires_at) = 0;
  // kLimit when the session would have more than `count_max` subscriptions. Repeating is harmless.
  virtual Result<> subscribe(const std::string& id_hash, const std::string& uri_hash,
                             std::size_t count_max, UnixTime expires_at) = 0;
  virtual Result<> unsubscribe(const std::string& id_hash, const std::string& uri_hash) = 0;
};

}  // namespace mcph::mcp
