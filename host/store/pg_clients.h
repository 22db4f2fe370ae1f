// oauth::ClientStore on PostgreSQL. A dynamic registration that ran out counts as absent.
#pragma once

#include "oauth/client_store.h"
#include "store/barrier.h"
#include "store/database.h"

namespace mcph::store {

class PgClients final : public oauth::ClientStore {
 public:
  PgClients(Database& database, Barrier& barrier, const Clock& clock)
      : database_(database), barrier_(barrier), clock_(clock) {}
  static const Statements& statements();

  Result<std::optional<oauth::Client>> find(const ClientId& id) override;
  Result<> insert(const oauth::Client& client) override;
  Result<> put_document(const oauth::Client& client) override;
  Result<std::size_t> count_registered(const std::string& network, UnixTime since) override;
  Result<> update(const oauth::Client& client) override;
  Result<> remove(const ClientId& id) override;
  Result<std::vector<oauth::Client>> list(const ClientId& after, std::size_t count_max) override;
  Result<> add_secret(const ClientId& id, const std::string& secret_hash,
                      UnixTime older_until) override;
  Result<> touch(const ClientId& id, UnixTime now, std::optional<UnixTime> expires_at) override;

 private:
  Database& database_;
  Barrier& barrier_;
  const Clock& clock_;
};

}  // namespace mcph::store
