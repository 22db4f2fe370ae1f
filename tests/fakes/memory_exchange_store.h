// Exchanged tokens in memory, with leases by the test's clock. Thread-safe.
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "federation/exchange_store.h"

namespace mcph::fakes {

class MemoryExchangeStore final : public federation::ExchangeStore {
 public:
  explicit MemoryExchangeStore(const Clock& clock) : clock_(clock) {}

  Result<std::optional<federation::StoredCredential>> load(
      const federation::ExchangeKey& key) override {
    const std::lock_guard lock(mutex_);
    const Row& row = rows_[name_of(key)];
    if (row.stored.version == 0) return std::optional<federation::StoredCredential>{};
    return std::optional<federation::StoredCredential>{row.stored};
  }
  Result<std::optional<std::int64_t>> try_lease(const federation::ExchangeKey& key,
                                                std::int64_t version,
                                                Milliseconds duration) override {
    const std::lock_guard lock(mutex_);
    Row& row = rows_[name_of(key)];
    const bool held = row.leased && clock_.steady() < row.lease_until;
    if (held || row.stored.version != version) return std::optional<std::int64_t>{};
    row.leased = true;
    row.lease_until = clock_.steady() + duration;
    return std::optional<std::int64_t>{++row.epoch};
  }
  Result<> save(const federation::ExchangeKey& key, std::int64_t epoch,
                const oauth::SealedCredential& credential) override {
    const std::lock_guard lock(mutex_);
    Row& row = rows_[name_of(key)];
    if (!row.leased || row.epoch != epoch) return Error{Code::kConflict, "not yours", {}};
    row.stored = {credential, row.stored.version + 1};
    row.leased = false;
    return Ok{};
  }
  Result<> release(const federation::ExchangeKey& key, std::int64_t epoch) override {
    const std::lock_guard lock(mutex_);
    Row& row = rows_[name_of(key)];
    if (row.epoch == epoch) row.leased = false;
    return Ok{};
  }

 private:
  struct Row {
    federation::StoredCredential stored;
    std::int64_t epoch = 0;
    bool leased = false;
    SteadyTime lease_until{};
  };
  static std::string name_of(const federation::ExchangeKey& key) {
    return key.grant.str() + ' ' + key.api;
  }

  const Clock& clock_;
  std::mutex mutex_;
  std::map<std::string, Row> rows_;
};

}  // namespace mcph::fakes
