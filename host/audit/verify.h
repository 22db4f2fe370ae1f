// Looks at the whole record and says whether it is what was written. Works while hosts append to
// it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "audit/audit_store.h"
#include "audit/chain.h"

namespace mcph::audit {

struct Flaw {
  std::int64_t number = 0;  // where
  std::string what;
};

struct Verdict {
  std::int64_t entries = 0;  // that were looked at
  Standing standing;
  std::vector<Flaw> flaws;  // the first ones, at most kFlawsMax
  bool good() const noexcept { return flaws.empty(); }
};

inline constexpr std::size_t kFlawsMax = 20;

// `witness` is a head somebody noted down earlier, outside of the database: the one proof that the
// end of the record, with its head, was not taken back to an older state. An error when the store
// cannot be read. Blocks.
Result<Verdict> verify(AuditStore& store, const Chain& chain, const std::optional<Head>& witness);

}  // namespace mcph::audit
