#include "audit/retention.h"

#include <utility>

#include "base/encoding.h"
#include "observability/audit_types.h"

namespace mcph::audit {
namespace {

constexpr std::size_t kBatchRows = 5000;

}  // namespace

Result<std::size_t> prune(AuditStore& store, AuditLog& log, UnixTime older_than) {
  const Standing standing = TRY(store.load_standing());
  const auto last = TRY(store.find_last_before(older_than));
  // The last entry stays, so that the chain always has an end to look at.
  if (!last || last->number <= standing.pruned.number || last->number >= standing.head.number) {
    return std::size_t{0};
  }
  AuditEvent event;
  event.type = audit_types::kAuditPruned;
  event.details = {{"up_to", std::to_string(last->number)},
                   {"mac", to_hex(last->mac)},
                   {"older_than", to_iso8601(older_than)}};
  log.record(std::move(event));
  Filter filter;
  filter.after = standing.head.number;
  filter.type = audit_types::kAuditPruned;
  const auto announced = TRY(store.list(filter));
  if (announced.empty()) {
    return Error{Code::kUnavailable, "the audit record does not say yet what is to go", {}};
  }
  std::size_t removed = 0;
  for (std::size_t some = kBatchRows; some == kBatchRows; removed += some) {
    some = TRY(store.prune(*last, kBatchRows));
  }
  return removed;
}

}  // namespace mcph::audit
