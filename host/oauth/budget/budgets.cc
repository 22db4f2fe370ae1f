#include "oauth/budget/budgets.h"

#include <cstring>
#include <string>
#include <utility>

#include "crypto/hash.h"
#include "oauth/network.h"
#include "oauth/responses.h"
#include "oauth/views/error_page.h"
#include "observability/audit_types.h"

namespace mcph::oauth {
namespace {

constexpr std::string_view kNames[kBudgetCount] = {
    "metadata", "register",      "manage",     "authorize", "consent",      "callback",
    "token",    "revoke",        "introspect", "push",      "mcp_refusals", "document_fetches",
    "client",   "public_client", "dead_token"};

// A token says nothing about whose it was, and has no place in the record.
bool is_public(Budget budget) {
  return budget != Budget::kDeadToken;
}

}  // namespace

std::string_view to_string(Budget budget) noexcept {
  return kNames[static_cast<std::size_t>(budget)];
}

Budgets::Budgets(const BudgetRates& rates, Random& random, const Clock& clock, AuditLog& audit)
    : rates_(rates), secret_(random.bytes(32)), clock_(clock), audit_(audit) {}

// A flood must not fill the record as well: of many refusals the first of a minute stands there,
// with the number of those before it that do not.
Verdict Budgets::refuse(Budget budget, std::string_view key, Milliseconds wait) const {
  Spent& spent = spent_[static_cast<std::size_t>(budget)];
  spent.refused.fetch_add(1);
  const SteadyTime now = clock_.steady();
  SteadyTime told = spent.told_at.load();
  const bool is_due = told == SteadyTime{} || now - told >= limits::kSpentBudgetEvery;
  if (is_due && spent.told_at.compare_exchange_strong(told, now)) {
    AuditEvent event;
    event.type = audit_types::kBudgetSpent;
    event.outcome = AuditOutcome::kRefused;
    event.actor = AuditActor::kStranger;
    event.details = {{"budget", std::string(to_string(budget))},
                     {"refused", std::to_string(spent.refused.exchange(0))}};
    if (is_public(budget)) event.details.push_back({"of", std::string(key)});
    audit_.note(std::move(event));
  }
  return errors::too_many_requests(std::chrono::ceil<Seconds>(wait));
}

std::uint64_t Budgets::make_key(Budget budget, std::string_view key) const {
  std::string text(1, static_cast<char>(budget));
  text.append(key);
  const std::string digest = crypto::hmac_sha256(secret_, text);
  std::uint64_t number = 0;
  std::memcpy(&number, digest.data(), sizeof number);
  return number;
}

Verdict Budgets::take_for_address(Budget budget, std::string_view address) const {
  return take(budget, network_of(address));
}

Verdict Budgets::take(Budget budget, std::string_view key) const {
  const Rate rate = rate_of(budget);
  if (rate.count == 0) return std::nullopt;
  const auto wait = buckets_.take(make_key(budget, key), rate, clock_.steady());
  if (!wait) return std::nullopt;
  return refuse(budget, key, *wait);
}

Verdict Budgets::check(Budget budget, std::string_view key) const {
  const Rate rate = rate_of(budget);
  if (rate.count == 0) return std::nullopt;
  const auto wait = buckets_.find_wait(make_key(budget, key), rate, clock_.steady());
  if (!wait) return std::nullopt;
  return refuse(budget, key, *wait);
}

Response make_too_many_page(const Request& request, const Refusal& refusal) {
  return prefers_json(request) ? make_error_document(refusal) : make_error_page(refusal);
}

Response make_too_many_document(const Request&, const Refusal& refusal) {
  return make_error_document(refusal);
}

}  // namespace mcph::oauth
