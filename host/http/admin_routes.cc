#include "http/admin_routes.h"

#include <utility>

#include "admin/bearer_token.h"
#include "admin/documents.h"
#include "base/encoding.h"
#include "http/admin_request.h"
#include "http/problem.h"

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

bool is_change(Method method) {
  return method != Method::kGet;
}

}  // namespace

const std::vector<AdminRoutes::Route>& AdminRoutes::table() {
  static const std::vector<Route> routes{
      {Method::kPost, kClients, &AdminRoutes::create_client},
      {Method::kGet, kClients, &AdminRoutes::list_clients},
      {Method::kGet, kClient, &AdminRoutes::get_client},
      {Method::kPatch, kClient, &AdminRoutes::update_client},
      {Method::kDelete, kClient, &AdminRoutes::remove_client},
      {Method::kPost, kDisable, &AdminRoutes::disable_client},
      {Method::kPost, kEnable, &AdminRoutes::enable_client},
      {Method::kPost, kSecrets, &AdminRoutes::rotate_secret},
      {Method::kPost, kTokens, &AdminRoutes::create_registration_token},
      {Method::kGet, kTokens, &AdminRoutes::list_registration_tokens},
      {Method::kDelete, kToken, &AdminRoutes::remove_registration_token},
      {Method::kGet, kGrants, &AdminRoutes::list_grants},
      {Method::kGet, kGrant, &AdminRoutes::get_grant},
      {Method::kDelete, kGrant, &AdminRoutes::revoke_grant},
      {Method::kGet, kPlugins, &AdminRoutes::list_plugins},
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
    return make_unauthorized(administrator.error().message,
                             "Bearer realm=\"admin\", error=\"invalid_token\"");
  }
  for (const std::string& id : context.segments) {
    if (!may_be_id(id)) return make_problem(404, "there is no such thing");
  }
  auto answer = administrator.ok() ? (this->*route.answer)(request, context.segments)
                                   : Result<Response>(administrator.error());
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

Result<Response> AdminRoutes::create_client(const Request& request, const Ids&) {
  auto body = read_object(request, false);
  if (auto* refusal = std::get_if<Response>(&body)) return std::move(*refusal);
  const auto made = TRY(parts_.clients.create(std::get<json::object>(body)));
  Response response = make_client_answer(201, made.client, made.secret.reveal());
  response.headers.add("Location", std::string(kClients) + "/" + to_percent(made.client.id.str()));
  return response;
}

Result<Response> AdminRoutes::list_clients(const Request& request, const Ids&) {
  auto query = read_query(request, {"limit", "cursor"});
  if (auto* refusal = std::get_if<Response>(&query)) return std::move(*refusal);
  auto paging = read_paging(std::get<Query>(query));
  if (auto* refusal = std::get_if<Response>(&paging)) return std::move(*refusal);
  const auto& [limit, after] = std::get<Paging>(paging);
  const auto page = TRY(parts_.clients.list(ClientId{after}, limit));
  return make_page("clients", page,
                   [](const oauth::Client& client) { return admin::make_document(client); });
}

Result<Response> AdminRoutes::get_client(const Request&, const Ids& ids) {
  return make_client_answer(200, TRY(parts_.clients.get(ClientId{ids[0]})));
}

Result<Response> AdminRoutes::update_client(const Request& request, const Ids& ids) {
  auto body = read_object(request, false);
  if (auto* refusal = std::get_if<Response>(&body)) return std::move(*refusal);
  auto condition = read_if_match(request);
  if (auto* refusal = std::get_if<Response>(&condition)) return std::move(*refusal);
  const auto& [given, version] = std::get<Precondition>(condition);
  // RFC 6585 §3: without it two administrators would undo each other's work unseen.
  if (!given) return make_problem(428, "send If-Match with the ETag you have read");
  const auto updated =
      parts_.clients.update(ClientId{ids[0]}, version, std::get<json::object>(body));
  if (updated.ok()) return make_client_answer(200, *updated);
  if (updated.error().code == Code::kConflict) return make_problem(412, updated.error().message);
  return updated.error();
}

Result<Response> AdminRoutes::remove_client(const Request& request, const Ids& ids) {
  auto condition = read_if_match(request);
  if (auto* refusal = std::get_if<Response>(&condition)) return std::move(*refusal);
  const auto removed =
      parts_.clients.remove(ClientId{ids[0]}, std::get<Precondition>(condition).version);
  if (removed.ok()) return Response{204, {}, {}};
  if (removed.error().code == Code::kConflict) return make_problem(412, removed.error().message);
  return removed.error();
}

Result<Response> AdminRoutes::disable_client(const Request&, const Ids& ids) {
  return make_client_answer(200, TRY(parts_.clients.set_disabled(ClientId{ids[0]}, true)));
}

Result<Response> AdminRoutes::enable_client(const Request&, const Ids& ids) {
  return make_client_answer(200, TRY(parts_.clients.set_disabled(ClientId{ids[0]}, false)));
}

Result<Response> AdminRoutes::rotate_secret(const Request& request, const Ids& ids) {
  auto body = read_object(request, true);
  if (auto* refusal = std::get_if<Response>(&body)) return std::move(*refusal);
  const auto& order = std::get<json::object>(body);
  std::int64_t overlap_s = 0;
  for (const auto& member : order) {
    if (member.key() != "overlap_seconds" || !member.value().is_int64()) {
      return make_problem(422, "only overlap_seconds, a whole number, may stand here");
    }
    overlap_s = member.value().get_int64();
  }
  const Secret secret = TRY(parts_.clients.rotate_secret(ClientId{ids[0]}, Seconds(overlap_s)));
  return make_answer(201, {{"client_id", ids[0]}, {"client_secret", secret.reveal()}});
}

Result<Response> AdminRoutes::create_registration_token(const Request& request, const Ids&) {
  auto body = read_object(request, false);
  if (auto* refusal = std::get_if<Response>(&body)) return std::move(*refusal);
  const auto made = TRY(parts_.registration_tokens.create(std::get<json::object>(body)));
  json::object answer = admin::make_document(made.token);
  answer["token"] = made.secret.reveal();
  Response response = make_answer(201, answer);
  response.headers.add("Location", std::string(kTokens) + "/" + made.token.name);
  return response;
}

Result<Response> AdminRoutes::list_registration_tokens(const Request&, const Ids&) {
  json::array items;
  const auto all = TRY(parts_.registration_tokens.list());
  for (const auto& token : all) {
    items.push_back(admin::make_document(token));
  }
  return make_answer(200, {{"registration_tokens", std::move(items)}});
}

Result<Response> AdminRoutes::remove_registration_token(const Request&, const Ids& ids) {
  TRY(parts_.registration_tokens.remove(ids[0]));
  return Response{204, {}, {}};
}

Result<Response> AdminRoutes::list_grants(const Request& request, const Ids&) {
  auto read = read_query(request, {"limit", "cursor", "client", "principal"});
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

Result<Response> AdminRoutes::get_grant(const Request&, const Ids& ids) {
  const auto grant = TRY(parts_.grants.get(GrantId{ids[0]}));
  return make_answer(200, admin::make_document(grant, parts_.clock.now()));
}

Result<Response> AdminRoutes::revoke_grant(const Request&, const Ids& ids) {
  TRY(parts_.grants.revoke(GrantId{ids[0]}));
  return Response{204, {}, {}};
}

Result<Response> AdminRoutes::list_plugins(const Request&, const Ids&) {
  json::array plugins;
  for (const auto& plugin : parts_.plugins.list_plugins()) {
    plugins.push_back(admin::make_document(plugin));
  }
  return make_answer(200, {{"plugins", std::move(plugins)}});
}

}  // namespace mcph::http
