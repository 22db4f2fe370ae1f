#include "http/oauth_routes.h"

#include <string>
#include <utility>

#include "oauth/endpoints.h"

namespace mcph::http {
namespace {

using oauth::Server;
using Endpoint = Response (Server::*)(const Request&) const;

struct Route {
  Method method;
  const char* path;
  Cors cors;
  std::size_t body_bytes_max;
  Endpoint endpoint;
};

constexpr Route kRoutes[] = {
    {Method::kPost, oauth::kRegisterPath, Cors::kAnyone, limits::kRegistrationBytesMax,
     &Server::register_client},
    {Method::kGet, oauth::kAuthorizePath, Cors::kNone, limits::kFormBytesMax, &Server::authorize},
    {Method::kPost, oauth::kConsentPath, Cors::kNone, limits::kFormBytesMax,
     &Server::decide_consent},
    {Method::kGet, oauth::kCallbackPath, Cors::kNone, limits::kFormBytesMax,
     &Server::finish_signin},
    {Method::kPost, oauth::kTokenPath, Cors::kAnyone, limits::kFormBytesMax,
     &Server::exchange_token},
    {Method::kPost, oauth::kRevokePath, Cors::kAnyone, limits::kFormBytesMax,
     &Server::revoke_token},
    {Method::kPost, oauth::kPushPath, Cors::kAnyone, limits::kFormBytesMax, &Server::push_request},
    {Method::kPost, oauth::kIntrospectPath, Cors::kNone, limits::kFormBytesMax,
     &Server::introspect_token},
};

using Management = Response (Server::*)(const Request&, const std::string&) const;
constexpr std::pair<Method, Management> kManagement[] = {
    {Method::kGet, &Server::read_registration},
    {Method::kPut, &Server::update_registration},
    {Method::kDelete, &Server::remove_registration},
};

// RFC 7592: registration_client_uri.
void add_registration_management(Router& router, const Server& server) {
  const std::string path = std::string(oauth::kRegisterPath) + "/{}";
  for (const auto& [method, endpoint] : kManagement) {
    router.add(method, path, {Run::kBlocking, Cors::kAnyone, limits::kRegistrationBytesMax},
               [&server, call = endpoint](const Request& request, const RouteContext& context) {
                 return (server.*call)(request, context.segments.front());
               });
  }
}

}  // namespace

void add_oauth_routes(Router& router, const Server& server) {
  const bool open = server.settings().registration != oauth::Registration::kOff;
  if (open) add_registration_management(router, server);
  for (const Route& route : kRoutes) {
    // What metadata does not offer is not there.
    if (route.endpoint == &Server::register_client && !open) continue;
    router.add(route.method, route.path, {Run::kBlocking, route.cors, route.body_bytes_max},
               [&server, endpoint = route.endpoint](const Request& request, const RouteContext&) {
                 return (server.*endpoint)(request);
               });
  }
}

}  // namespace mcph::http
