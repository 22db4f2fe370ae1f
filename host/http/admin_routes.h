// The admin API, version 1: paths and HTTP on this side, the work in admin/. Described by
// etc/admin-api.openapi.json; a test holds the two against each other.
//
// Every request brings the bearer token of an administrator; there are no cookies, and requests of
// web pages are refused. Errors are problem+json. Thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "admin/admin_credential_store.h"
#include "admin/clients.h"
#include "admin/grants.h"
#include "admin/plugin_list.h"
#include "admin/registration_tokens.h"
#include "base/time.h"
#include "http/router.h"
#include "observability/log.h"

namespace mcph::http {

// All of it must outlive the routes.
struct AdminParts {
  admin::Clients& clients;
  admin::RegistrationTokens& registration_tokens;
  admin::Grants& grants;
  const admin::PluginList& plugins;
  admin::AdminCredentialStore& credentials;
  const Clock& clock;
  const Log& log;
};

class AdminRoutes {
 public:
  // Documents of this API are a few KB.
  static constexpr std::size_t kBodyBytesMax = 64 * 1024;

  struct Route {
    Method method;
    std::string_view path;  // `{}` for an id
    Result<Response> (AdminRoutes::*answer)(const Request&, const std::vector<std::string>& ids);
  };
  static const std::vector<Route>& table();

  explicit AdminRoutes(const AdminParts& parts) : parts_(parts) {}
  void add_to(Router& router);

 private:
  using Ids = std::vector<std::string>;

  Response handle(const Route& route, const Request& request, const RouteContext& context);

  Result<Response> create_client(const Request& request, const Ids& ids);
  Result<Response> list_clients(const Request& request, const Ids& ids);
  Result<Response> get_client(const Request& request, const Ids& ids);
  Result<Response> update_client(const Request& request, const Ids& ids);
  Result<Response> remove_client(const Request& request, const Ids& ids);
  Result<Response> disable_client(const Request& request, const Ids& ids);
  Result<Response> enable_client(const Request& request, const Ids& ids);
  Result<Response> rotate_secret(const Request& request, const Ids& ids);
  Result<Response> create_registration_token(const Request& request, const Ids& ids);
  Result<Response> list_registration_tokens(const Request& request, const Ids& ids);
  Result<Response> remove_registration_token(const Request& request, const Ids& ids);
  Result<Response> list_grants(const Request& request, const Ids& ids);
  Result<Response> get_grant(const Request& request, const Ids& ids);
  Result<Response> revoke_grant(const Request& request, const Ids& ids);
  Result<Response> list_plugins(const Request& request, const Ids& ids);

  const AdminParts parts_;
};

}  // namespace mcph::http
