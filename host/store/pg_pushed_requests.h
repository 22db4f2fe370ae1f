// oauth::PushedRequestStore on PostgreSQL.
#pragma once

#include "oauth/pushed_request_store.h"
#include "store/database.h"

namespace mcph::store {

class PgPushedRequests final : public oauth::PushedRequestStore {
 public:
  explicit PgPushedRequests(Database& database) : database_(database) {}
  static const Statements& statements();

  Result<> insert(const oauth::PushedRequest& request) override;
  Result<std::optional<std::string>> take(const std::string& uri_hash, const ClientId& client,
                                          UnixTime now) override;

 private:
  Database& database_;
};

}  // namespace mcph::store
