// Exchanges of tokens whose grants belong to somebody else: nothing is stored, every host makes and
// remembers its own. Thread-safe.
#pragma once

#include "federation/exchange_store.h"

namespace mcph::federation {

class UnsharedExchanges final : public ExchangeStore {
 public:
  Result<std::optional<StoredCredential>> load(const ExchangeKey&) override {
    return std::optional<StoredCredential>{};
  }
  // There is nobody to keep out: the threads of this host wait for each other anyway.
  Result<std::optional<std::int64_t>> try_lease(const ExchangeKey&, std::int64_t,
                                                Milliseconds) override {
    return std::optional<std::int64_t>{1};
  }
  Result<> save(const ExchangeKey&, std::int64_t, const oauth::SealedCredential&) override {
    return Ok{};
  }
  Result<> release(const ExchangeKey&, std::int64_t) override { return Ok{}; }
};

}  // namespace mcph::federation
