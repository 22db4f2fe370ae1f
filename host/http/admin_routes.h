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
#include "admin/audit.h"
#include "admin/clients.h"
#include "admin/grants.h"
#include "admin/keys.h"
#include "admin/plugin_list.h"
#include "admin/registration_tokens.h"
#include "base/time.h"
#include "http/router.h"
#include "observability/audit.h"
#include "observability/log.h"

namespace mcph::http {

// All of it must outlive the routes.
struct AdminParts {
  admin::Clients& clients;
  admin::RegistrationTokens& registration_tokens;
  admin::Grants& grants;
  const admin::PluginList& plugins;
  admin::AdminCredentialStore& credentials;
  admin::Keys& keys;
  admin::Audit& record;
  AuditLog& audit;
  const Clock& clock;
  const Log& log;
};

// One request of an administrator who has been recognised.
struct AdminCall {
  const Request& request;
  const std::vector<std::string>& ids;  // what the `{}` of the path stood for
  std::string administrator;
  AuditOrigin origin;
};

class AdminRoutes {
 public:
  // Documents of this API are a few KB.
  static constexpr std::size_t kBodyBytesMax = 64 * 1024;

  struct Route {
    Method method;
    std::string_view path;  // `{}` for an id
    Result<Response> (AdminRoutes::*answer)(const AdminCall& call);
    std::string_view audit_type;  // of a change; empty: kAdminRequest
  };
  static const std::vector<Route>& table();

  explicit AdminRoutes(const AdminParts& parts) : parts_(parts) {}
  void add_to(Router& router);

 private:
  Response handle(const Route& route, const Request& request, const RouteContext& context);

  Result<Response> create_client(const AdminCall& call);
  Result<Response> list_clients(const AdminCall& call);
  Result<Response> get_client(const AdminCall& call);
  Result<Response> update_client(const AdminCall& call);
  Result<Response> remove_client(const AdminCall& call);
  Result<Response> disable_client(const AdminCall& call);
  Result<Response> enable_client(const AdminCall& call);
  Result<Response> rotate_secret(const AdminCall& call);
  Result<Response> create_registration_token(const AdminCall& call);
  Result<Response> list_registration_tokens(const AdminCall& call);
  Result<Response> remove_registration_token(const AdminCall& call);
  Result<Response> list_grants(const AdminCall& call);
  Result<Response> get_grant(const AdminCall& call);
  Result<Response> revoke_grant(const AdminCall& call);
  Result<Response> list_plugins(const AdminCall& call);
  Result<Response> list_keys(const AdminCall& call);
  Result<Response> rotate_key(const AdminCall& call);
  Result<Response> destroy_key(const AdminCall& call);
  Result<Response> rewrap_keys(const AdminCall& call);
  Result<Response> get_rewrap_status(const AdminCall& call);
  Result<Response> list_audit(const AdminCall& call);
  Result<Response> export_audit(const AdminCall& call);
  Result<Response> verify_audit(const AdminCall& call);

  void record(const Route& route, const AdminCall& call, int status);

  const AdminParts parts_;
};

}  // namespace mcph::http
