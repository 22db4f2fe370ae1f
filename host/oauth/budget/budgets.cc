#include "oauth/budget/budgets.h"

#include <cstring>
#include <string>

#include "crypto/hash.h"
#include "oauth/network.h"
#include "oauth/responses.h"
#include "oauth/views/error_page.h"

namespace mcph::oauth {
namespace {

Verdict refuse_for(std::optional<Milliseconds> wait) {
  if (!wait) return std::nullopt;
  return errors::too_many_requests(std::chrono::ceil<Seconds>(*wait));
}

}  // namespace

Budgets::Budgets(const BudgetRates& rates, Random& random, const Clock& clock)
    : rates_(rates), secret_(random.bytes(32)), clock_(clock) {}

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
  return refuse_for(buckets_.take(make_key(budget, key), rate, clock_.steady()));
}

Verdict Budgets::check(Budget budget, std::string_view key) const {
  const Rate rate = rate_of(budget);
  if (rate.count == 0) return std::nullopt;
  return refuse_for(buckets_.find_wait(make_key(budget, key), rate, clock_.steady()));
}

Response make_too_many_page(const Request& request, const Refusal& refusal) {
  return prefers_json(request) ? make_error_document(refusal) : make_error_page(refusal);
}

Response make_too_many_document(const Request&, const Refusal& refusal) {
  return make_error_document(refusal);
}

}  // namespace mcph::oauth
