#include "http/admin_routes.h"

#include <utility>

#include "admin/bearer_token.h"
#include "admin/documents.h"
#include "base/encoding.h"
#include "http/admin_request.h"
#include "http/problem.h"
#include "observability/audit_types.h"

namespace mcph::http {

namespace {

constexpr std::string_view kClients = "/admin/v1/clients";
constexpr std::string_view kClient = "/admin/v1/clients/{}";
constexpr std::string_view kDisable = "/admin/v1/clients/{}/disable";
constexpr std::string_view kEnable = "/admin/v1/clients/{}/enable";
constexpr std::string_view kSecrets = "/admin/v1/clients/{}/secrets";
constexpr std::string_view kTokens = "/admin/v1/registration-tokens";
constexpr std::string_view kToken = "/admin/v1/registration-tokens/{}";
constexpr std::string_view kGrants = "/admin/v1/grants";
constexpr std::string_view kGrant = "/admin/v1/grants/{}";
constexpr std::string_view kPlugins = "/admin/v1/plugins";
constexpr std::string_view kKeys = "/admin/v1/keys";
constexpr std::string_view kKey = "/admin/v1/keys/{}";
constexpr std::string_view kRotation = "/admin/v1/keys/{}/rotate";
constexpr std::string_view kRewrap = "/admin/v1/key-rewrap";
constexpr std::string_view kAudit = "/admin/v1/audit";
constexpr std::string_view kAuditExport = "/admin/v1/audit-export";
constexpr std::string_view kAuditVerify = "/admin/v1/audit-verdict";

Response make_answer(int status, const json::object& body) {
  return make_json_response(status, to_json(body));
}

Response make_client_answer(int status, const oauth::Client& client, std::string_view secret = {}) {
  json::object body = admin::make_document(client);
  if (!secret.empty()) body["client_secret"] = secret;
  Response response = make_answer(status, body);
  response.headers.add("ETag", make_etag(client.version));
  return response;
}

template <class T, class MakeDocument>
Response make_page(std::string_view name, const admin::Page<T>& page, MakeDocument make_document) {
  json::array items;
  for (const T& item : page.items) items.push_back(make_document(item));
  json::object body{{name, std::move(items)}};
  if (!page.next.empty()) body["next_cursor"] = make_cursor(page.next);
  return make_answer(200, body);
}

Response make_unauthorized(std::string_view detail, std::string_view challenge) {
  Response response = make_problem(401, detail);
  response.headers.add("WWW-Authenticate", challenge);
  return response;
}

// Ids are hex, UUIDs, names or URLs; whatever else is asked for cannot exist. Also keeps oddities
// from the store.
bool may_be_id(std::string_view id) {
  constexpr std::size_t kIdBytesMax = 1024;
  return id.size() <= kIdBytesMax && is_utf8(id) && id.find('\0') == std::string_view::npos;
}

AuditOrigin make_origin(const Request& request, const RouteContext& context) {
  AuditOrigin origin = make_audit_origin(request);
  origin.request_id = context.request_id;
  return origin;
}

bool is_change(Method method) {
  return method != Method::kGet;
}

}  // namespace

const std::vector<AdminRoutes::Route>& AdminRoutes::table() {
  static const std::vector<Route> routes{
      {Method::kPost, kClients, &AdminRoutes::create_client, audit_types::kClientCreated},
      {Method::kGet, kClients, &AdminRoutes::list_clients, {}},
      {Method::kGet, kClient, &AdminRoutes::get_client, {}},
      {Method::kPatch, kClient, &AdminRoutes::update_client, audit_types::kClientUpdated},
      {Method::kDelete, kClient, &AdminRoutes::remove_client, audit_types::kClientDeleted},
      {Method::kPost, kDisable, &AdminRoutes::disable_client, audit_types::kClientDisabled},
      {Method::kPost, kEnable, &AdminRoutes::enable_client, audit_types::kClientEnabled},
      {Method::kPost, kSecrets, &AdminRoutes::rotate_secret, audit_types::kClientSecretRotated},
      {Method::kPost, kTokens, &AdminRoutes::create_registration_token,
       audit_types::kRegistrationTokenCreated},
      {Method::kGet, kTokens, &AdminRoutes::list_registration_tokens, {}},
      {Method::kDelete, kToken, &AdminRoutes::remove_registration_token,
       audit_types::kRegistrationTokenDeleted},
      {Method::kGet, kGrants, &AdminRoutes::list_grants, {}},
      {Method::kGet, kGrant, &AdminRoutes::get_grant, {}},
      {Method::kDelete, kGrant, &AdminRoutes::revoke_grant, audit_types::kGrantRevoked},
      {Method::kGet, kPlugins, &AdminRoutes::list_plugins, {}},
      {Method::kGet, kKeys, &AdminRoutes::list_keys, {}},
      {Method::kPost, kRotation, &AdminRoutes::rotate_key, {}},
      {Method::kDelete, kKey, &AdminRoutes::destroy_key, {}},
      {Method::kPost, kRewrap, &AdminRoutes::rewrap_keys, {}},
      {Method::kGet, kRewrap, &AdminRoutes::get_rewrap_status, {}},
      {Method::kGet, kAudit, &AdminRoutes::list_audit, {}},
      {Method::kGet, kAuditExport, &AdminRoutes::export_audit, {}},
      {Method::kGet, kAuditVerify, &AdminRoutes::verify_audit, {}},
  };
  return routes;
}

void AdminRoutes::add_to(Router& router) {
  RouteOptions options;
  options.body_bytes_max = kBodyBytesMax;
  for (const Route& route : table()) {
    router.add(route.method, route.path, options,
               [this, &route](const Request& request, const RouteContext& context) {
                 return handle(route, request, context);
               });
  }
}

Response AdminRoutes::handle(const Route& route, const Request& request,
                             const RouteContext& context) {
  // Administrators use tools, not web pages; a page that reaches this listener is an attack.
  if (request.headers.find("Origin")) return make_problem(403, "web pages may not call this API");
  const auto token = find_bearer_token(request);
  if (!token) return make_unauthorized("a bearer token is needed", "Bearer realm=\"admin\"");
  const auto administrator = admin::authenticate(parts_.credentials, *token, parts_.clock.now());
  if (!administrator.ok() && administrator.error().code == Code::kUnauthorized) {
    parts_.log.warn("admin.refused", {{"request_id", context.request_id}, {"peer", request.peer}});
    AuditEvent event;
    event.type = audit_types::kAdminRequest;
    event.outcome = AuditOutcome::kRefused;
    event.actor = AuditActor::kStranger;
    event.origin = make_origin(request, context);
    event.details = {{"path", std::string(request.path())}};
    parts_.audit.note(std::move(event));
    return make_unauthorized(administrator.error().message,
                             "Bearer realm=\"admin\", error=\"invalid_token\"");
  }
  for (const std::string& id : context.segments) {
    if (!may_be_id(id)) return make_problem(404, "there is no such thing");
  }
  const AdminCall call{request, context.segments, administrator.ok() ? administrator->name : "",
                       make_origin(request, context)};
  auto answer =
      administrator.ok() ? (this->*route.answer)(call) : Result<Response>(administrator.error());
  if (administrator.ok()) {
    record(route, call, answer.ok() ? answer->status : make_problem(answer.error()).status);
  }
  if (!answer.ok()) {
    const Response problem = make_problem(answer.error());
    if (problem.status >= 500) {
      parts_.log.failure(LogLevel::kError, "admin.failed", answer.error());
    }
    return problem;
  }
  if (is_change(route.method)) {
    parts_.log.info("admin.request", {{"request_id", context.request_id},
                                      {"administrator", administrator->name},
                                      {"method", to_string(route.method)},
                                      {"path", request.path()},
                                      {"status", answer->status}});
  }
  return *std::move(answer);
}

// Reading is recorded too, but nobody waits for it.
void AdminRoutes::record(const Route& route, const AdminCall& call, int status) {
  AuditEvent event;
  event.type = route.audit_type.empty() ? audit_types::kAdminRequest : route.audit_type;
  event.outcome = status < 400   ? AuditOutcome::kDone
                  : status < 500 ? AuditOutcome::kRefused
                                 : AuditOutcome::kFailed;
  event.actor = AuditActor::kAdministrator;
  event.actor_name = call.administrator;
  event.origin = call.origin;
  const bool has_id = !call.ids.empty();
  if (has_id && route.path.starts_with(kClients)) event.client = ClientId{call.ids[0]};
  if (has_id && route.path.starts_with(kGrants)) event.grant = GrantId{call.ids[0]};
  event.details = {{"method", std::string(to_string(route.method))},
                   {"path", std::string(call.request.path())},
                   {"status", std::to_string(status)}};
  if (event.type == audit_types::kGrantRevoked) event.details.push_back({"reason", "admin"});
  if (is_change(route.method)) return parts_.audit.record(std::move(event));
  parts_.audit.note(std::move(event));
}

Result<Response> AdminRoutes::create_client(const AdminCall& call) {
  auto body = read_object(call.request, false);
  if (auto* refusal = std::get_if<Response>(&body)) return std::move(*refusal);
  const auto made = TRY(parts_.clients.create(std::get<json::object>(body)));
  Response response = make_client_answer(201, made.client, made.secret.reveal());
  response.headers.add("Location", std::string(kClients) + "/" + to_percent(made.client.id.str()));
  return response;
}

Result<Response> AdminRoutes::list_clients(const AdminCall& call) {
  auto query = read_query(call.request, {"limit", "cursor"});
  if (auto* refusal = std::get_if<Response>(&query)) return std::move(*refusal);
  auto paging = read_paging(std::get<Query>(query));
  if (auto* refusal = std::get_if<Response>(&paging)) return std::move(*refusal);
  const auto& [limit, after] = std::get<Paging>(paging);
  const auto page = TRY(parts_.clients.list(ClientId{after}, limit));
  return make_page("clients", page,
                   [](const oauth::Client& client) { return admin::make_document(client); });
}

Result<Response> AdminRoutes::get_client(const AdminCall& call) {
  return make_client_answer(200, TRY(parts_.clients.get(ClientId{call.ids[0]})));
}

Result<Response> AdminRoutes::update_client(const AdminCall& call) {
  auto body = read_object(call.request, false);
  if (auto* refusal = std::get_if<Response>(&body)) return std::move(*refusal);
  auto condition = read_if_match(call.request);
  if (auto* refusal = std::get_if<Response>(&condition)) return std::move(*refusal);
  const auto& [given, version] = std::get<Precondition>(condition);
  // RFC 6585 §3: without it two administrators would undo each other's work unseen.
  if (!given) return make_problem(428, "send If-Match with the ETag you have read");
  const auto updated =
      parts_.clients.update(ClientId{call.ids[0]}, version, std::get<json::object>(body));
  if (updated.ok()) return make_client_answer(200, *updated);
  if (updated.error().code == Code::kConflict) return make_problem(412, updated.error().message);
  return updated.error();
}

Result<Response> AdminRoutes::remove_client(const AdminCall& call) {
  auto condition = read_if_match(call.request);
  if (auto* refusal = std::get_if<Response>(&condition)) return std::move(*refusal);
  const auto removed =
      parts_.clients.remove(ClientId{call.ids[0]}, std::get<Precondition>(condition).version);
  if (removed.ok()) return Response{204, {}, {}};
  if (removed.error().code == Code::kConflict) return make_problem(412, removed.error().message);
  return removed.error();
}

Result<Response> AdminRoutes::disable_client(const AdminCall& call) {
  return make_client_answer(200, TRY(parts_.clients.set_disabled(ClientId{call.ids[0]}, true)));
}

Result<Response> AdminRoutes::enable_client(const AdminCall& call) {
  return make_client_answer(200, TRY(parts_.clients.set_disabled(ClientId{call.ids[0]}, false)));
}

Result<Response> AdminRoutes::rotate_secret(const AdminCall& call) {
  auto body = read_object(call.request, true);
  if (auto* refusal = std::get_if<Response>(&body)) return std::move(*refusal);
  const auto& order = std::get<json::object>(body);
  std::int64_t overlap_s = 0;
  for (const auto& member : order) {
    if (member.key() != "overlap_seconds" || !member.value().is_int64()) {
      return make_problem(422, "only overlap_seconds, a whole number, may stand here");
    }
    overlap_s = member.value().get_int64();
  }
  const Secret secret =
      TRY(parts_.clients.rotate_secret(ClientId{call.ids[0]}, Seconds(overlap_s)));
  return make_answer(201, {{"client_id", call.ids[0]}, {"client_secret", secret.reveal()}});
}

Result<Response> AdminRoutes::create_registration_token(const AdminCall& call) {
  auto body = read_object(call.request, false);
  if (auto* refusal = std::get_if<Response>(&body)) return std::move(*refusal);
  const auto made = TRY(parts_.registration_tokens.create(std::get<json::object>(body)));
  json::object answer = admin::make_document(made.token);
  answer["token"] = made.secret.reveal();
  Response response = make_answer(201, answer);
  response.headers.add("Location", std::string(kTokens) + "/" + made.token.name);
  return response;
}

Result<Response> AdminRoutes::list_registration_tokens(const AdminCall&) {
  json::array items;
  const auto all = TRY(parts_.registration_tokens.list());
  for (const auto& token : all) {
    items.push_back(admin::make_document(token));
  }
  return make_answer(200, {{"registration_tokens", std::move(items)}});
}

Result<Response> AdminRoutes::remove_registration_token(const AdminCall& call) {
  TRY(parts_.registration_tokens.remove(call.ids[0]));
  return Response{204, {}, {}};
}

Result<Response> AdminRoutes::list_grants(const AdminCall& call) {
  auto read = read_query(call.request, {"limit", "cursor", "client", "principal"});
  if (auto* refusal = std::get_if<Response>(&read)) return std::move(*refusal);
  const auto& query = std::get<Query>(read);
  auto paging = read_paging(query);
  if (auto* refusal = std::get_if<Response>(&paging)) return std::move(*refusal);
  oauth::GrantFilter filter;
  filter.client = ClientId{query.get("client")};
  filter.principal = PrincipalId{query.get("principal")};
  filter.after = GrantId{std::get<Paging>(paging).after};
  filter.count_max = std::get<Paging>(paging).limit;
  const auto page = TRY(parts_.grants.list(std::move(filter)));
  const UnixTime now = parts_.clock.now();
  return make_page("grants", page,
                   [&](const oauth::Grant& grant) { return admin::make_document(grant, now); });
}

Result<Response> AdminRoutes::get_grant(const AdminCall& call) {
  const auto grant = TRY(parts_.grants.get(GrantId{call.ids[0]}));
  return make_answer(200, admin::make_document(grant, parts_.clock.now()));
}

Result<Response> AdminRoutes::revoke_grant(const AdminCall& call) {
  TRY(parts_.grants.revoke(GrantId{call.ids[0]}));
  return Response{204, {}, {}};
}

Result<Response> AdminRoutes::list_plugins(const AdminCall&) {
  json::array plugins;
  for (const auto& plugin : parts_.plugins.list_plugins()) {
    plugins.push_back(admin::make_document(plugin));
  }
  return make_answer(200, {{"plugins", std::move(plugins)}});
}

}  // namespace mcph::http
