// The budget of a route: an answer before anything else is done, once an address has spent its own.
#pragma once

#include "http/router.h"
#include "oauth/budget/budgets.h"

namespace mcph::http {

using MakeTooMany = Response (*)(const Request& request, const oauth::Refusal& refusal);

// `budgets` must outlive the router.
inline Precheck make_budget_check(const oauth::Budgets& budgets, oauth::Budget budget,
                                  MakeTooMany make = oauth::make_too_many_document) {
  return [&budgets, budget, make](const Request& request) -> std::optional<Response> {
    const auto refusal = budgets.take_for_address(budget, request.peer);
    if (!refusal) return std::nullopt;
    return make(request, *refusal);
  };
}

}  // namespace mcph::http
