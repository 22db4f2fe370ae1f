// Who may ask how often: a token bucket for each (endpoint, network) and for each client. Bounded
// memory, in this process alone: these stop floods, of which every host gets its share. What must
// be counted over all hosts is in the database (LockoutStore, ClientStore::count_registered).
//
// Nothing here is asked on the way of a request that is admitted to /mcp. Thread-safe.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/http_message.h"
#include "base/random.h"
#include "base/secret.h"
#include "base/time.h"
#include "base/token_buckets.h"
#include "oauth/budget/limits.h"
#include "oauth/errors.h"
#include "observability/audit.h"

namespace mcph::oauth {

enum class Budget {
  kMetadata,
  kRegister,
  kManage,
  kAuthorize,
  kConsent,
  kCallback,
  kToken,
  kRevoke,
  kIntrospect,
  kPush,
  kMcpRefusals,
  kDocumentFetches,
  // Keys other than networks.
  kClient,
  kPublicClient,
  kDeadToken,
};
inline constexpr std::size_t kBudgetCount = static_cast<std::size_t>(Budget::kDeadToken) + 1;

// How many in a minute, in the order of Budget.
using BudgetRates = std::array<std::uint32_t, kBudgetCount>;
constexpr BudgetRates default_budget_rates() {
  using namespace limits;
  return {kMetadataPerMinute,  kRegisterPerMinute,     kManagePerMinute,
          kAuthorizePerMinute, kConsentPerMinute,      kCallbackPerMinute,
          kTokenPerMinute,     kRevokePerMinute,       kIntrospectPerMinute,
          kPushPerMinute,      kMcpRefusalsPerMinute,  kDocumentFetchesPerMinute,
          kClientPerMinute,    kPublicClientPerMinute, kDeadTokenPerMinute};
}

// As in [budgets] of the configuration, for the record.
std::string_view to_string(Budget budget) noexcept;

class Budgets {
 public:
  // What is refused goes to the record, a line a minute for each budget. `audit` must outlive this.
  Budgets(const BudgetRates& rates, Random& random, const Clock& clock, AuditLog& audit);

  // Takes one of what `address` may still do. A refusal (429) when it was the last one before.
  Verdict take_for_address(Budget budget, std::string_view address) const;
  // The same for another key: a client, a token.
  Verdict take(Budget budget, std::string_view key) const;
  // What take() would say, without taking.
  Verdict check(Budget budget, std::string_view key) const;

 private:
  std::uint64_t make_key(Budget budget, std::string_view key) const;
  Verdict refuse(Budget budget, std::string_view key, Milliseconds wait) const;
  Rate rate_of(Budget budget) const noexcept { return {rates_[static_cast<std::size_t>(budget)]}; }

  const BudgetRates rates_;
  const Secret secret_;  // whoever sends requests must not choose which bucket they meet
  const Clock& clock_;
  AuditLog& audit_;
  // Refusals that are not in the record yet, and when there were some last.
  struct Spent {
    std::atomic<std::uint64_t> refused{0};
    std::atomic<SteadyTime> told_at{};
  };
  mutable std::array<Spent, kBudgetCount> spent_;
  mutable TokenBuckets buckets_{limits::kBucketRows};
};

// The answers of the endpoints that browsers show to people, and of all others.
Response make_too_many_page(const Request& request, const Refusal& refusal);
Response make_too_many_document(const Request& request, const Refusal& refusal);

}  // namespace mcph::oauth
