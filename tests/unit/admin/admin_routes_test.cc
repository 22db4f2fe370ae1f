#include "http/admin_routes.h"

#include "admin/bearer_token.h"
#include "base/encoding.h"
#include "base/json.h"
#include "crypto/key_ring.h"
#include "fakes/memory_admin_credential_store.h"
#include "fakes/memory_audit_log.h"
#include "fakes/memory_audit_store.h"
#include "fakes/memory_client_store.h"
#include "fakes/memory_grant_store.h"
#include "fakes/memory_registration_token_store.h"
#include "fakes/memory_server_key_store.h"
#include "http/problem.h"
#include "keys/server_keys.h"
#include "keys/wrapped_server_keys.h"
#include "oauth/token_format.h"
#include "unit/http/support.h"

namespace mcph::http {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class FixedPlugins final : public admin::PluginList {
 public:
  std::vector<admin::PluginInfo> list_plugins() const override {
    return {{"broken", "", false, "built for another ABI", {}, 0, "", ""},
            {"todo_api", "1.0", true, "", {"get_my_todo_list"}, 2, "degraded", "slow"}};
  }
};

class AdminRoutesTest : public RouterTest {
 protected:
  AdminRoutesTest() {
    settings_.issuer = "https://mcp.example";
    settings_.resource = "https://mcp.example/mcp";
    settings_.scopes = {{"mcp", "Use the tools"}};
    routes_.add_to(admin_);
    token_ = std::string(admin::issue_token(credentials_, "alice", {}, clock, random)->reveal());
  }

  Response call(Method method, const std::string& target, std::string body = {},
                std::vector<std::pair<std::string, std::string>> headers = {}) {
    Request request = make(method, target);
    if (!token_.empty()) request.headers.add("Authorization", "Bearer " + token_);
    if (!body.empty()) request.headers.add("Content-Type", "application/json");
    for (const auto& [name, value] : headers) request.headers.add(name, value);
    request.body = std::move(body);
    return send(admin_, std::move(request));
  }
  static json::object object(const Response& response) {
    return json::parse(response.body).as_object();
  }
  static std::string text(const json::object& body, std::string_view name) {
    return std::string(find_string(body, name).value_or(""));
  }
  Response create() {
    return call(Method::kPost, "/admin/v1/clients",
                R"({"client_name":"Test","redirect_uris":["https://client.example/cb"]})");
  }
  std::string path_of_new_client() { return header(create(), "Location"); }
  void grant(const std::string& id, const std::string& client) {
    oauth::NewGrant grant;
    grant.id = GrantId{id};
    grant.client = ClientId{client};
    grant.user.subject = "bob";
    grant.scopes = {"mcp"};
    grant.expires_at = clock.now() + Seconds(60);
    grant.code.code_hash = id;
    ASSERT_TRUE(grants_store_.create(grant).ok());
  }

  oauth::Settings settings_;
  test::MemoryClientStore clients_store_;
  test::MemoryGrantStore grants_store_{clock};
  test::MemoryAdminCredentialStore credentials_;
  FixedPlugins plugins_;
  admin::Clients clients_{clients_store_, settings_, clock, random};
  admin::Grants grants_{grants_store_};
  test::MemoryRegistrationTokenStore tokens_store_;
  const crypto::KeyRing ring_ = *crypto::KeyRing::parse("k1:" + to_base64url(std::string(32, 'k')));
  const keys::KeyWrapping wrapping_{ring_, random};
  test::MemoryAuditLog audit_;
  test::MemoryServerKeyStore server_keys_store_;
  keys::WrappedServerKeys wrapped_{server_keys_store_, wrapping_};
  const std::unique_ptr<keys::ServerKeys> server_keys_ =
      *keys::ServerKeys::create(server_keys_store_, wrapping_, keys::make_purposes({}), clock);
  keys::Lifecycle lifecycle_{{server_keys_store_, {&wrapped_}, audit_, clock},
                             wrapping_,
                             keys::make_purposes({}),
                             {keys::kActivationDelay, Seconds{0}}};
  admin::Keys keys_{lifecycle_};
  test::MemoryAuditStore audit_store_;
  const audit::Chain chain_{server_keys_->open(keys::kAuditPurpose)};
  admin::Audit record_{audit_store_, chain_};
  const oauth::TokenFormat format_{*server_keys_, random};
  admin::RegistrationTokens registration_tokens_{tokens_store_, clock, format_};
  AdminRoutes routes_{{clients_, registration_tokens_, grants_, plugins_, credentials_, keys_,
                       record_, audit_, clock, log}};
  Router admin_{OriginPolicy::any_host(), executor, random, log, make_problem_refusal};
  std::string token_;
};

TEST_F(AdminRoutesTest, CreateReadChangeAndDeleteAClient) {
  const auto created = create();
  ASSERT_EQ(created.status, 201) << created.body;
  EXPECT_EQ(text(object(created), "client_secret").substr(0, 7), "mcp_cs_");
  EXPECT_EQ(header(created, "Cache-Control"), "no-store");
  const std::string path = header(created, "Location");
  EXPECT_EQ(path, "/admin/v1/clients/" + text(object(created), "client_id"));

  const auto read = call(Method::kGet, path);
  EXPECT_EQ(read.status, 200);
  EXPECT_THAT(read.body, Not(HasSubstr("client_secret\"")));
  const std::string etag = header(read, "ETag");
  EXPECT_EQ(etag, header(created, "ETag"));

  const auto changed = call(Method::kPatch, path, R"({"client_name":"New"})", {{"If-Match", etag}});
  EXPECT_EQ(changed.status, 200);
  EXPECT_EQ(text(object(changed), "client_name"), "New");
  EXPECT_NE(header(changed, "ETag"), etag);

  EXPECT_EQ(call(Method::kDelete, path, {}, {{"If-Match", etag}}).status, 412);
  EXPECT_EQ(call(Method::kDelete, path).status, 204);
  EXPECT_EQ(call(Method::kGet, path).status, 404);
  EXPECT_EQ(call(Method::kDelete, path).status, 404);
}

TEST_F(AdminRoutesTest, DemandIfMatchOfAChange) {
  const std::string path = path_of_new_client();
  const std::string patch = R"({"client_name":"New"})";
  EXPECT_EQ(call(Method::kPatch, path, patch).status, 428);
  EXPECT_EQ(call(Method::kPatch, path, patch, {{"If-Match", "\"99\""}}).status, 412);
  EXPECT_EQ(call(Method::kPatch, path, patch, {{"If-Match", "*"}}).status, 200);
}

TEST_F(AdminRoutesTest, DisableAndEnableAClient) {
  const std::string path = path_of_new_client();
  EXPECT_EQ(object(call(Method::kPost, path + "/disable"))["disabled"], json::value(true));
  EXPECT_EQ(object(call(Method::kPost, path + "/enable"))["disabled"], json::value(false));
}

TEST_F(AdminRoutesTest, RotateASecretAndShowItOnce) {
  const std::string path = path_of_new_client();
  const auto rotated = call(Method::kPost, path + "/secrets", R"({"overlap_seconds":60})");
  EXPECT_EQ(rotated.status, 201);
  EXPECT_EQ(text(object(rotated), "client_secret").substr(0, 7), "mcp_cs_");
  EXPECT_EQ(call(Method::kPost, path + "/secrets").status, 201);
  EXPECT_EQ(call(Method::kPost, path + "/secrets", R"({"overlap":60})").status, 422);
  EXPECT_EQ(call(Method::kPost, path + "/secrets", R"({"overlap_seconds":-1})").status, 422);
}

TEST_F(AdminRoutesTest, RefuseToGiveAPublicClientASecret) {
  const auto created = call(Method::kPost, "/admin/v1/clients",
                            R"({"redirect_uris":["https://client.example/cb"],
                                "token_endpoint_auth_method":"none"})");
  EXPECT_THAT(created.body, Not(HasSubstr("client_secret\"")));
  EXPECT_EQ(call(Method::kPost, header(created, "Location") + "/secrets").status, 409);
}

TEST_F(AdminRoutesTest, ListClientsPageByPage) {
  for (int i = 0; i < 3; ++i) create();
  const auto first = object(call(Method::kGet, "/admin/v1/clients?limit=2"));
  EXPECT_EQ(find_array(first, "clients")->size(), 2u);
  const auto second =
      object(call(Method::kGet, "/admin/v1/clients?limit=2&cursor=" + text(first, "next_cursor")));
  EXPECT_EQ(find_array(second, "clients")->size(), 1u);
  EXPECT_EQ(find(second, "next_cursor"), nullptr);
  EXPECT_EQ(call(Method::kGet, "/admin/v1/clients?limit=0").status, 422);
}

TEST_F(AdminRoutesTest, MakeListAndEndInitialAccessTokens) {
  const std::string path = "/admin/v1/registration-tokens";
  const auto made = call(Method::kPost, path, R"({"name":"office","uses_max":20})");
  EXPECT_EQ(made.status, 201);
  EXPECT_EQ(header(made, "Location"), path + "/office");
  const std::string secret = text(object(made), "token");
  EXPECT_TRUE(secret.starts_with("mcp_ci_"));
  EXPECT_EQ(call(Method::kPost, path, R"({"name":"office"})").status, 409);
  const auto listed = call(Method::kGet, path);
  EXPECT_THAT(listed.body, HasSubstr("\"office\""));
  EXPECT_THAT(listed.body, Not(HasSubstr(secret)));
  EXPECT_TRUE(*tokens_store_.use(oauth::hash_token(secret), clock.now()));
  EXPECT_EQ(call(Method::kDelete, path + "/office").status, 204);
  EXPECT_EQ(call(Method::kDelete, path + "/office").status, 404);
  for (const char* bad : {R"({})", R"({"name":""})", R"({"name":"a b"})", R"({"name":7})",
                          R"({"name":"a","uses_max":0})", R"({"name":"a","lifetime_seconds":"1"})",
                          R"({"name":"a","colour":"red"})"}) {
    EXPECT_EQ(call(Method::kPost, path, bad).status, 422) << bad;
  }
}

TEST_F(AdminRoutesTest, ListReadAndRevokeGrants) {
  grant("g1", "c1");
  grant("g2", "c2");
  const auto all = object(call(Method::kGet, "/admin/v1/grants"));
  EXPECT_EQ(find_array(all, "grants")->size(), 2u);
  const auto some = object(call(Method::kGet, "/admin/v1/grants?client=c2"));
  ASSERT_EQ(find_array(some, "grants")->size(), 1u);
  EXPECT_EQ(some.at("grants").at(0).at("grant_id"), json::value("g2"));
  EXPECT_EQ(text(object(call(Method::kGet, "/admin/v1/grants/g1")), "status"), "active");
  EXPECT_EQ(call(Method::kDelete, "/admin/v1/grants/g1").status, 204);
  EXPECT_EQ(call(Method::kDelete, "/admin/v1/grants/g1").status, 204);
  const auto revoked = object(call(Method::kGet, "/admin/v1/grants/g1"));
  EXPECT_EQ(text(revoked, "status"), "revoked");
  EXPECT_EQ(text(revoked, "revoke_reason"), "admin");
  clock.advance(Seconds(60));
  EXPECT_EQ(text(object(call(Method::kGet, "/admin/v1/grants/g2")), "status"), "expired");
  EXPECT_EQ(call(Method::kGet, "/admin/v1/grants/none").status, 404);
  EXPECT_EQ(call(Method::kDelete, "/admin/v1/grants/none").status, 404);
}

TEST_F(AdminRoutesTest, ListGrantsPageByPage) {
  for (const auto* id : {"a", "b", "c"}) grant(id, "c1");
  const auto first = object(call(Method::kGet, "/admin/v1/grants?limit=2"));
  const auto second =
      object(call(Method::kGet, "/admin/v1/grants?limit=2&cursor=" + text(first, "next_cursor")));
  EXPECT_EQ(find_array(second, "grants")->size(), 1u);
}

TEST_F(AdminRoutesTest, ListPluginsWithThoseThatWereRefused) {
  EXPECT_EQ(to_json(object(call(Method::kGet, "/admin/v1/plugins")).at("plugins")),
            R"([{"name":"broken","loaded":false,"tools":[],"calls_running":0,)"
            R"("reason":"built for another ABI"},)"
            R"({"name":"todo_api","loaded":true,"tools":["get_my_todo_list"],"calls_running":2,)"
            R"("version":"1.0","health":"degraded","health_reason":"slow"}])");
}

TEST_F(AdminRoutesTest, AreClosedWithoutALiveToken) {
  const std::string good = token_;
  for (const auto& route : AdminRoutes::table()) {
    std::string target(route.path);
    if (const auto at = target.find("{}"); at != std::string::npos) target.replace(at, 2, "x");
    token_.clear();
    const auto missing = call(route.method, target);
    EXPECT_EQ(missing.status, 401) << target;
    EXPECT_EQ(header(missing, "WWW-Authenticate"), "Bearer realm=\"admin\"");
    token_ = good + "x";
    EXPECT_EQ(call(route.method, target).status, 401) << target;
    EXPECT_EQ(header(call(route.method, target), "Content-Type"), "application/problem+json");
  }
  EXPECT_EQ(clients_store_.size(), 0u);
}

TEST_F(AdminRoutesTest, AreClosedToWebPages) {
  EXPECT_EQ(
      call(Method::kGet, "/admin/v1/clients", {}, {{"Origin", "http://127.0.0.1:8180"}}).status,
      403);
}

TEST_F(AdminRoutesTest, AnswerEveryRefusalAsAProblem) {
  const auto expect = [](const Response& response, int status) {
    EXPECT_EQ(response.status, status) << response.body;
    EXPECT_EQ(header(response, "Content-Type"), "application/problem+json");
    EXPECT_EQ(object(response).at("status"), json::value(status));
  };
  expect(call(Method::kGet, "/admin/v1/nothing"), 404);
  expect(call(Method::kPut, "/admin/v1/clients"), 405);
  expect(call(Method::kPost, "/admin/v1/clients", "{"), 400);
  expect(call(Method::kPost, "/admin/v1/clients", "[]"), 422);
  expect(call(Method::kPost, "/admin/v1/clients", "{}"), 422);
  expect(call(Method::kPost, "/admin/v1/clients"), 415);
  expect(call(Method::kPost, "/admin/v1/clients", std::string(AdminRoutes::kBodyBytesMax + 1, ' ')),
         413);
  expect(call(Method::kGet, "/admin/v1/clients/%00"), 404);
  expect(call(Method::kGet, "/admin/v1/clients/%ff"), 404);
  EXPECT_EQ(header(call(Method::kPut, "/admin/v1/clients"), "Allow"), "POST, GET, HEAD");
}

TEST_F(AdminRoutesTest, SayUnavailableAndNothingMoreWhenTheDatabaseIsAway) {
  clients_store_.broken = true;
  const auto response = call(Method::kGet, "/admin/v1/clients/x");
  EXPECT_EQ(response.status, 503);
  EXPECT_THAT(response.body, Not(HasSubstr("database")));
  credentials_.broken = true;
  EXPECT_EQ(call(Method::kGet, "/admin/v1/clients/x").status, 503);
}

TEST_F(AdminRoutesTest, ListAndRotateKeysWithoutEverShowingOne) {
  const auto listed = call(Method::kGet, "/admin/v1/keys");
  EXPECT_EQ(listed.status, 200);
  EXPECT_EQ(object(listed).at("keys").as_array().size(), keys::make_purposes({}).size());
  EXPECT_THAT(listed.body, Not(HasSubstr("sealed")));

  const std::string rotate = "/admin/v1/keys/oauth.consent/rotate";
  const auto rotated = call(Method::kPost, rotate);
  EXPECT_EQ(rotated.status, 201) << rotated.body;
  EXPECT_EQ(text(object(rotated), "state"), "next");
  EXPECT_EQ(call(Method::kPost, rotate).status, 409);
  EXPECT_EQ(call(Method::kPost, "/admin/v1/keys/nothing/rotate").status, 404);
  EXPECT_EQ(call(Method::kDelete, "/admin/v1/keys/" + text(object(rotated), "key_id")).status, 409);

  EXPECT_EQ(call(Method::kGet, "/admin/v1/key-rewrap").status, 200);
  EXPECT_EQ(object(call(Method::kPost, "/admin/v1/key-rewrap")).at("left"), 0);
}

TEST_F(AdminRoutesTest, RecordWhoDidWhat) {
  const std::string path = path_of_new_client();
  call(Method::kPost, path + "/disable");
  call(Method::kGet, "/admin/v1/grants");
  token_ = "nobody's";
  call(Method::kGet, "/admin/v1/grants");
  const auto events = audit_.events();
  ASSERT_EQ(events.size(), 4u);
  EXPECT_EQ(events[0].type, "client.created");
  EXPECT_EQ(events[1].type, "client.disabled");
  EXPECT_EQ("/admin/v1/clients/" + events[1].client.str(), path);
  EXPECT_EQ(events[1].actor_name, "alice");
  EXPECT_EQ(events[2].type, "admin.request");
  EXPECT_EQ(events[3].outcome, AuditOutcome::kRefused);
  EXPECT_EQ(events[3].actor, AuditActor::kStranger);
}

TEST_F(AdminRoutesTest, PageThroughTheRecordExportItAndVerifyIt) {
  for (int i = 0; i < 5; ++i) {
    ASSERT_TRUE(audit_store_
                    .append([&](audit::Head head) {
                      AuditEvent event;
                      event.type = "client.created";
                      auto entry = audit::make_entry(event, clock.now(), "host");
                      chain_.append(entry, head);
                      return std::vector<audit::Entry>{entry};
                    })
                    .ok());
  }
  const auto page = call(Method::kGet, "/admin/v1/audit?limit=2");
  ASSERT_EQ(page.status, 200) << page.body;
  EXPECT_EQ(object(page).at("events").at(0).at("number"), 5);
  const auto more =
      call(Method::kGet, "/admin/v1/audit?limit=2&cursor=" + text(object(page), "next_cursor"));
  EXPECT_EQ(object(more).at("events").at(0).at("number"), 3);
  EXPECT_EQ(call(Method::kGet, "/admin/v1/audit?since=soon").status, 422);

  const auto lines = call(Method::kGet, "/admin/v1/audit-export?after=3");
  EXPECT_EQ(header(lines, "Content-Type"), "application/x-ndjson");
  EXPECT_EQ(std::count(lines.body.begin(), lines.body.end(), '\n'), 2);

  const auto good = object(call(Method::kGet, "/admin/v1/audit-verdict"));
  EXPECT_EQ(good.at("good"), true);
  EXPECT_EQ(call(Method::kGet, "/admin/v1/audit-verdict?witness=x").status, 422);
  audit_store_.entries[1].client = "forged";
  const auto bad = object(call(Method::kGet, "/admin/v1/audit-verdict"));
  EXPECT_EQ(bad.at("good"), false);
  EXPECT_EQ(bad.at("flaws").at(0).at("number"), 2);
}

}  // namespace
}  // namespace mcph::http
