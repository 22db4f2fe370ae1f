// What PingOne is to be told, in memory. Not thread-safe.
#pragma once

#include <algorithm>
#include <vector>

#include "federation/revocation_store.h"

namespace mcph::fakes {

class MemoryRevocationStore final : public federation::RevocationStore {
 public:
  explicit MemoryRevocationStore(const Clock& clock) : clock_(clock) {}

  void add(const GrantId& grant, oauth::SealedCredential credential, std::string api = {}) {
    Row row;
    row.pending = {++last_id_, grant, std::move(credential), 0, clock_.now(), std::move(api)};
    row.due = clock_.steady();
    rows.push_back(std::move(row));
  }

  Result<std::vector<federation::PendingRevocation>> take_due(std::size_t count_max,
                                                              Milliseconds lease) override {
    std::vector<federation::PendingRevocation> taken;
    for (Row& row : rows) {
      if (row.due > clock_.steady() || taken.size() == count_max) continue;
      row.due = clock_.steady() + lease;
      ++row.pending.attempts;
      taken.push_back(row.pending);
    }
    return taken;
  }
  Result<> finish(std::int64_t id) override {
    std::erase_if(rows, [id](const Row& row) { return row.pending.id == id; });
    return Ok{};
  }
  Result<> postpone(std::int64_t id, Milliseconds by) override {
    for (Row& row : rows) {
      if (row.pending.id == id) row.due = clock_.steady() + by;
    }
    return Ok{};
  }

  struct Row {
    federation::PendingRevocation pending;
    SteadyTime due{};
  };
  std::vector<Row> rows;

 private:
  const Clock& clock_;
  std::int64_t last_id_ = 0;
};

}  // namespace mcph::fakes
