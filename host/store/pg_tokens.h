// oauth::TokenStore on PostgreSQL. Each change is one statement, so two hosts can never both win.
#pragma once

#include "oauth/token_store.h"
#include "store/barrier.h"
#include "store/database.h"

namespace mcph::store {

class PgTokens final : public oauth::TokenStore {
 public:
  PgTokens(Database& database, Barrier& barrier, const Clock& clock)
      : database_(database), barrier_(barrier), clock_(clock) {}
  static const Statements& statements();

  Result<std::optional<oauth::AuthorizationCode>> find_code(const std::string& code_hash) override;
  Result<oauth::Redemption> redeem_code(const std::string& code_hash,
                                        const oauth::NewTokens& tokens) override;
  Result<std::optional<oauth::RefreshToken>> find_refresh_token(const std::string& hash) override;
  Result<oauth::Rotation> rotate_refresh_token(const std::string& old_hash,
                                               const oauth::NewTokens& successor, UnixTime now,
                                               Seconds grace) override;
  Result<std::optional<oauth::AccessToken>> find_access_token(const std::string& hash,
                                                              UnixTime now) override;
  Result<> add_access_token(const std::string& subject_hash, const oauth::NewTokens& tokens,
                            UnixTime now) override;
  Result<> revoke_access_token(const std::string& hash, const ClientId& client) override;

 private:
  Database& database_;
  Barrier& barrier_;
  const Clock& clock_;
};

}  // namespace mcph::store
