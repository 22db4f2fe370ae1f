// Where clients are kept. Implemented by store/; used by oauth/ and admin/. Thread-safe, blocking.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "oauth/client.h"

namespace mcph::oauth {

class ClientStore {
 public:
  virtual ~ClientStore() = default;

  virtual Result<std::optional<Client>> find(const ClientId& id) = 0;
  virtual Result<> insert(const Client& client) = 0;
  // Of a kDocument: inserts it, or replaces what its document says. What an administrator decided
  // (disabled) stays, and so does a client of another kind.
  virtual Result<> put_document(const Client& client) = 0;
  // How many clients registered themselves from that network after `since`.
  virtual Result<std::size_t> count_registered(const std::string& network, UnixTime since) = 0;
  // Everything but id, kind, secrets, registration token and created_at. kConflict when
  // `client.version` is not the stored one; stores version + 1. Disabling ends every cached token
  // of the client on every host.
  virtual Result<> update(const Client& client) = 0;
  // Also removes its grants. kNotFound when there is none.
  virtual Result<> remove(const ClientId& id) = 0;
  // In the order of (created_at, id); `after` is the last id of the page before, or empty.
  virtual Result<std::vector<Client>> list(const ClientId& after, std::size_t count_max) = 0;
  // The new secret is valid at once; older ones stop being valid at `older_until`.
  virtual Result<> add_secret(const ClientId& id, const std::string& secret_hash,
                              UnixTime older_until) = 0;
  // Remembers that the client was used, at most once a minute a client; extends those
  // that nobody set up by hand.
  virtual Result<> touch(const ClientId& id, UnixTime now, std::optional<UnixTime> expires_at) = 0;
};

}  // namespace mcph::oauth
