// keys::ServerKeyStore on PostgreSQL. Thread-safe, blocking.
#pragma once

#include "keys/server_key_store.h"
#include "store/database.h"

namespace mcph::store {

class PgServerKeys final : public keys::ServerKeyStore {
 public:
  explicit PgServerKeys(Database& database) : database_(database) {}
  static const Statements& statements();

  Result<std::vector<keys::ServerKey>> list() override;
  Result<bool> insert_first(const keys::ServerKey& key) override;
  Result<bool> insert_next(const keys::ServerKey& key, Milliseconds delay) override;
  Result<bool> activate(const std::string& id, UnixTime now) override;
  Result<bool> destroy(const std::string& id) override;
  Result<bool> replace_wrapping(const keys::ServerKey& from, const std::string& kek_id,
                                const std::string& sealed) override;

 private:
  Database& database_;
};

}  // namespace mcph::store
