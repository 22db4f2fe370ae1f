#include "federation/presented_tokens.h"

#include <algorithm>
#include <utility>

#include "federation/refresh.h"

namespace mcph::federation {
namespace {

Error not_meant_for_it(std::string why) {
  return Error{Code::kForbidden,
               "The access token of this session is not meant for the API behind this tool.",
               std::move(why)};
}

}  // namespace

PresentedCallerPtr PresentedCallers::keep(PresentedCallerPtr caller) {
  const std::lock_guard lock(mutex_);
  if (callers_.size() >= sweep_at_) {
    std::erase_if(callers_, [](const auto& item) { return item.second.expired(); });
    sweep_at_ = std::max<std::size_t>(2 * callers_.size(), 1024);
  }
  auto& kept = callers_[caller->grant];
  if (PresentedCallerPtr known = kept.lock()) return known;
  kept = caller;
  return caller;
}

PresentedCallerPtr PresentedCallers::find(const GrantId& grant) const {
  const std::lock_guard lock(mutex_);
  const auto found = callers_.find(grant);
  return found == callers_.end() ? nullptr : found->second.lock();
}

std::size_t PresentedCallers::size() const {
  const std::lock_guard lock(mutex_);
  return callers_.size();
}

plugins::UpstreamTokenPtr SubjectTokens::find_cached(const GrantId& grant) {
  auto token = get(grant);
  return token.ok() ? std::move(token).value() : nullptr;
}

Result<plugins::UpstreamTokenPtr> SubjectTokens::get(const GrantId& grant) {
  const auto caller = callers_.find(grant);
  if (caller == nullptr) return sign_in_again();
  const auto& audiences = caller->audiences;
  const bool meant = audience_.empty() ||
                     std::find(audiences.begin(), audiences.end(), audience_) != audiences.end();
  if (!meant) return not_meant_for_it("the token does not name the audience " + audience_);
  return caller->token;
}

Result<plugins::UpstreamTokenPtr> SubjectTokens::get_newer(const GrantId&, std::int64_t) {
  return sign_in_again();
}

PresentedTokens::PresentedTokens(const PresentedCallers& callers, Parts parts)
    : callers_(callers), parts_(std::move(parts)), subjects_(callers, {}) {}

plugins::UpstreamTokenSource& PresentedTokens::for_api(const plugins::UpstreamApi& api) {
  if (api.audience.empty()) return *this;
  const std::lock_guard lock(apis_mutex_);
  if (api.as_presented) {
    auto& tokens = passed_on_[api.audience];
    if (tokens == nullptr) tokens = std::make_unique<SubjectTokens>(callers_, api.audience);
    return *tokens;
  }
  auto& tokens = exchanged_[api.audience + ' ' + api.scope];
  if (tokens == nullptr) {
    tokens = std::make_unique<ExchangedTokens>(
        ExchangedTokens::Parts{subjects_, exchanges_, parts_.endpoint, parts_.sealer, parts_.pause,
                               parts_.clock, parts_.log, parts_.sleep},
        api);
  }
  return *tokens;
}

Result<plugins::UpstreamTokenPtr> PresentedTokens::get(const GrantId&) {
  return not_meant_for_it("the plugin has no upstream_audience");
}

Result<plugins::UpstreamTokenPtr> PresentedTokens::get_newer(const GrantId& grant, std::int64_t) {
  return get(grant);
}

}  // namespace mcph::federation
