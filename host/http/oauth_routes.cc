#include "http/oauth_routes.h"

#include <string>
#include <utility>

#include "http/budget_check.h"
#include "oauth/endpoints.h"

namespace mcph::http {
namespace {

using oauth::Budget;
using oauth::Server;
using Endpoint = Response (Server::*)(const Request&) const;

struct Route {
  Method method;
  const char* path;
  Cors cors;
  std::size_t body_bytes_max;
  Budget budget;
  Endpoint endpoint;
};

constexpr Route kRoutes[] = {
    {Method::kPost, oauth::kRegisterPath, Cors::kAnyone, limits::kRegistrationBytesMax,
     Budget::kRegister, &Server::register_client},
    {Method::kGet, oauth::kAuthorizePath, Cors::kNone, limits::kFormBytesMax, Budget::kAuthorize,
     &Server::authorize},
    {Method::kPost, oauth::kConsentPath, Cors::kNone, limits::kFormBytesMax, Budget::kConsent,
     &Server::decide_consent},
    {Method::kGet, oauth::kCallbackPath, Cors::kNone, limits::kFormBytesMax, Budget::kCallback,
     &Server::finish_signin},
    {Method::kGet, oauth::kSignOutPath, Cors::kNone, limits::kFormBytesMax, Budget::kAuthorize,
     &Server::show_signout},
    {Method::kPost, oauth::kSignOutPath, Cors::kNone, limits::kFormBytesMax, Budget::kConsent,
     &Server::sign_out},
    {Method::kGet, oauth::kSignedOutPath, Cors::kNone, limits::kFormBytesMax, Budget::kCallback,
     &Server::finish_signout},
    {Method::kPost, oauth::kTokenPath, Cors::kAnyone, limits::kFormBytesMax, Budget::kToken,
     &Server::exchange_token},
    {Method::kPost, oauth::kRevokePath, Cors::kAnyone, limits::kFormBytesMax, Budget::kRevoke,
     &Server::revoke_token},
    {Method::kPost, oauth::kPushPath, Cors::kAnyone, limits::kFormBytesMax, Budget::kPush,
     &Server::push_request},
    {Method::kPost, oauth::kIntrospectPath, Cors::kNone, limits::kFormBytesMax, Budget::kIntrospect,
     &Server::introspect_token},
};

// Those are answered by pages.
bool is_for_people(Budget budget) {
  return budget == Budget::kAuthorize || budget == Budget::kConsent || budget == Budget::kCallback;
}

using Management = Response (Server::*)(const Request&, const std::string&) const;
constexpr std::pair<Method, Management> kManagement[] = {
    {Method::kGet, &Server::read_registration},
    {Method::kPut, &Server::update_registration},
    {Method::kDelete, &Server::remove_registration},
};

// RFC 7592: registration_client_uri.
void add_registration_management(Router& router, const Server& server,
                                 const oauth::Budgets& budgets) {
  const std::string path = std::string(oauth::kRegisterPath) + "/{}";
  for (const auto& [method, endpoint] : kManagement) {
    router.add(method, path,
               {Run::kBlocking, Cors::kAnyone, limits::kRegistrationBytesMax,
                make_budget_check(budgets, Budget::kManage)},
               [&server, call = endpoint](const Request& request, const RouteContext& context) {
                 return (server.*call)(request, context.segments.front());
               });
  }
}

}  // namespace

void add_oauth_routes(Router& router, const Server& server, const oauth::Budgets& budgets) {
  const bool open = server.settings().registration != oauth::Registration::kOff;
  if (open) add_registration_management(router, server, budgets);
  for (const Route& route : kRoutes) {
    // What metadata does not offer is not there.
    if (route.endpoint == &Server::register_client && !open) continue;
    const MakeTooMany make =
        is_for_people(route.budget) ? oauth::make_too_many_page : oauth::make_too_many_document;
    router.add(route.method, route.path,
               {Run::kBlocking, route.cors, route.body_bytes_max,
                make_budget_check(budgets, route.budget, make)},
               [&server, endpoint = route.endpoint](const Request& request, const RouteContext&) {
                 return (server.*endpoint)(request);
               });
  }
}

}  // namespace mcph::http
