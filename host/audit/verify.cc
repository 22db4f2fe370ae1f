#include "audit/verify.h"

#include <algorithm>
#include <utility>

#include "base/encoding.h"
#include "base/json.h"
#include "observability/audit_types.h"

namespace mcph::audit {
namespace {

constexpr std::size_t kPageRows = 1000;

// Walks along the chain, one entry after the other.
class Walk {
 public:
  Walk(const Chain& chain, const Standing& standing, const std::optional<Head>& witness)
      : chain_(chain), pruned_(standing.pruned), witness_(witness), last_(standing.pruned) {
    anchored_ = pruned_.number == 0;
  }

  void look_at(const Entry& entry) {
    ++verdict_.entries;
    if (entry.number != last_.number + 1) {
      add(last_.number + 1, entry.number == last_.number + 2
                                ? "is missing"
                                : "to " + std::to_string(entry.number - 1) + " are missing");
      // Whether this entry follows what is missing cannot be known.
    } else if (!chain_.holds(entry, last_.mac)) {
      add(entry.number, "is not what was written here");
    } else if (entry.type == audit_types::kAuditPruned && is_anchor(entry)) {
      anchored_ = true;
    }
    last_ = {entry.number, entry.mac};
    if (witness_ && witness_->number == entry.number) compare_with_witness(entry.mac);
  }

  // The end of the rows; `standing` was read after them.
  Verdict finish(const Standing& standing) {
    if (standing.head.number > last_.number) {
      add(last_.number + 1, "to " + std::to_string(standing.head.number) + " are missing");
    } else if (!(standing.head == last_)) {
      add(last_.number, "is not where the record says that it ends");
    }
    if (!anchored_) add(pruned_.number, "was removed, and no entry says so");
    if (witness_ && !witnessed_ && witness_->number > pruned_.number) {
      add(witness_->number, "was noted down earlier and is missing");
    }
    if (witness_ && witness_->number == pruned_.number) compare_with_witness(pruned_.mac);
    verdict_.standing = standing;
    return std::move(verdict_);
  }

  const Head& last() const noexcept { return last_; }

 private:
  void add(std::int64_t number, std::string what) {
    if (verdict_.flaws.size() < kFlawsMax) verdict_.flaws.push_back({number, std::move(what)});
  }
  void compare_with_witness(const std::string& mac) {
    witnessed_ = true;
    if (mac != witness_->mac) add(witness_->number, "differs from what was noted down earlier");
  }
  // Removing entries for their age is an event too; only such an entry makes it honest.
  bool is_anchor(const Entry& entry) const {
    const auto details = parse_json(entry.details);
    if (!details.ok() || !details->is_object()) return false;
    const auto up_to = find_string(details->get_object(), "up_to");
    const auto mac = find_string(details->get_object(), "mac");
    return up_to && mac && *up_to == std::to_string(pruned_.number) && *mac == to_hex(pruned_.mac);
  }

  const Chain& chain_;
  const Head pruned_;
  const std::optional<Head> witness_;
  Head last_;
  Verdict verdict_;
  bool anchored_ = false;
  bool witnessed_ = false;
};

Result<std::vector<Entry>> load_page(AuditStore& store, std::int64_t after) {
  Filter filter;
  filter.after = after;
  filter.count_max = kPageRows;
  return store.list(filter);
}

}  // namespace

Result<Verdict> verify(AuditStore& store, const Chain& chain, const std::optional<Head>& witness) {
  Standing standing = TRY(store.load_standing());
  for (;;) {
    Walk walk(chain, standing, witness);
    for (;;) {
      const auto page = TRY(load_page(store, walk.last().number));
      for (const Entry& entry : page) walk.look_at(entry);
      if (page.size() == kPageRows) continue;
      // Rows and head move together: all that a head covers is visible to whoever saw it.
      if (walk.last().number < standing.head.number) return walk.finish(standing);
      const Standing after = TRY(store.load_standing());
      const bool restart = after.pruned.number != standing.pruned.number;
      standing = after;
      if (restart) break;  // old entries went away meanwhile
      if (after.head.number <= walk.last().number) return walk.finish(after);
    }
  }
}

}  // namespace mcph::audit
