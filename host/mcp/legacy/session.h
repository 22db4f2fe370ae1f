// A legacy session. Its id is its state, sealed: any host opens it, none has to remember it. The id
// is not a credential: it works for the person and the client it was given to, and only with a
// valid token (MCP 2025-11-25, security best practices: session hijacking).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/caller.h"
#include "base/time.h"
#include "crypto/sealer.h"
#include "mcp/client_capabilities.h"
#include "mcp/versions.h"

namespace mcph::mcp {

struct Session {
  Version version = kLatestLegacy;
  std::uint16_t capabilities = 0;  // ClientCapability bits
  PrincipalId principal;
  ClientId client;
  GrantId grant;  // under which it was opened; a later grant of the same two may go on with it
  UnixTime issued_at{};
  UnixTime expires_at{};

  bool belongs_to(const Caller& caller) const {
    return principal == caller.principal && client == caller.client;
  }
};

// Thread-safe.
class SessionIds {
 public:
  // Ids of one transport say nothing to another, which has its own `purpose`.
  SessionIds(const crypto::KeySource& keys, Random& random,
             std::string_view purpose = "mcp.session")
      : sealer_(keys, purpose, random) {}

  // Visible ASCII, unique and unguessable (every sealing has a nonce of its own).
  std::string make(const Session& session) const;
  // Nothing when forged or of another installation. Expiry and owner are for the caller to check.
  std::optional<Session> open(std::string_view id) const;

 private:
  crypto::Sealer sealer_;
};

}  // namespace mcph::mcp
