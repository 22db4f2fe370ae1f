// The administrator's view of the audit record. Thread-safe, blocks on the store.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "admin/page.h"
#include "audit/audit_store.h"
#include "audit/chain.h"
#include "audit/verify.h"
#include "base/result.h"

namespace mcph::admin {

class Audit {
 public:
  Audit(audit::AuditStore& store, audit::Chain chain) : store_(store), chain_(std::move(chain)) {}

  // Newest first. The page's `next` is the number to go on before.
  Result<Page<audit::Entry>> list(audit::Filter filter);
  // Oldest first, one JSON object a line; at most filter.count_max.
  Result<std::string> export_lines(audit::Filter filter);
  Result<audit::Verdict> verify(const std::optional<audit::Head>& witness) {
    return audit::verify(store_, chain_, witness);
  }

 private:
  audit::AuditStore& store_;
  const audit::Chain chain_;
};

}  // namespace mcph::admin
