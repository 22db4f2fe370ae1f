// Removes what is older than the operator wants to keep, honestly: before entries go, the record
// itself says up to which number, and with which mac the rest begins. Thread-safe, blocks.
#pragma once

#include <cstddef>

#include "audit/audit_store.h"
#include "base/result.h"
#include "base/time.h"
#include "observability/audit.h"

namespace mcph::audit {

// How many entries were removed; none when all are young enough.
Result<std::size_t> prune(AuditStore& store, AuditLog& log, UnixTime older_than);

}  // namespace mcph::audit
