// A KvStore that lets the one behind it see no value: each is sealed, bound to its plugin, its user
// and its key, so that a row that was copied or moved does not open. Plugins keep what belongs to
// users, and a copy of the database must not show that either. Keys stay as they are: lists are
// made of them. Thread-safe.
#pragma once

#include "crypto/sealer.h"
#include "plugins/kv_store.h"

namespace mcph::plugins {

class SealedKvStore final : public KvStore {
 public:
  static constexpr const char* kPurpose = "plugins.kv";

  SealedKvStore(KvStore& inner, crypto::Sealer sealer)
      : inner_(inner), sealer_(std::move(sealer)) {}

  // kInternal for a value that does not open: its key is gone, or somebody changed the row.
  Result<std::optional<KvEntry>> find(const KvSpace& space, const std::string& key) override;
  Result<std::optional<std::int64_t>> put(const KvSpace& space, const KvWrite& write,
                                          const KvQuota& quota) override;
  Result<std::optional<std::int64_t>> remove(const KvSpace& space, const std::string& key,
                                             std::optional<std::int64_t> if_version) override {
    return inner_.remove(space, key, if_version);
  }
  Result<std::vector<KvEntry>> list(const KvSpace& space, const std::string& prefix,
                                    const std::string& after, std::size_t count_max) override {
    return inner_.list(space, prefix, after, count_max);
  }

 private:
  KvStore& inner_;
  const crypto::Sealer sealer_;
};

}  // namespace mcph::plugins
