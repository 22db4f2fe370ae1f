#include "app/module_settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/config_schema.h"

namespace mcph::app {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Config make_config() {
  Config config;
  config.title = "To-do tools";
  config.public_url = "https://mcp.example";
  config.pingone.issuer = "https://auth.pingone.eu/env/as";
  config.pingone.client_id = "client";
  config.pingone.client_auth = "client_secret_post";
  config.pingone.client_secret = Secret(std::string("secret"));
  config.pingone.scopes = {"openid"};
  config.oauth.scopes = {{"mcp", "Use the tools"}, {"bare", ""}};
  config.plugin_defaults.running_max = 16;
  return config;
}

TEST(ModuleSettings, DeriveEveryUrlFromThePublicOne) {
  const Config config = make_config();
  const auto provider = load_provider(config);
  ASSERT_TRUE(provider.ok());
  EXPECT_EQ(provider->redirect_uri, "https://mcp.example/callback");
  EXPECT_EQ(provider->client_auth, federation::ClientAuth::kSecretPost);
  EXPECT_EQ(make_oauth_settings(config).issuer, "https://mcp.example");
  EXPECT_EQ(make_oauth_settings(config).resource, "https://mcp.example/mcp");
}

TEST(ModuleSettings, ShowAScopesNameWhereItHasNoWords) {
  const auto scopes = make_oauth_settings(make_config()).scopes;
  ASSERT_EQ(scopes.size(), 2u);
  EXPECT_EQ(scopes[0].words, "Use the tools");
  EXPECT_EQ(scopes[1].words, "bare");
}

TEST(ModuleSettings, LetTheConsentPageLeadToAProviderWithoutTlsOnlyWhenItIsConfigured) {
  Config config = make_config();
  EXPECT_THAT(make_oauth_settings(config).signin_origins, IsEmpty());
  config.pingone.issuer = "http://127.0.0.1:9400/env/as";
  EXPECT_THAT(make_oauth_settings(config).signin_origins, ElementsAre("http://127.0.0.1:9400"));
}

// The reasons stand in oauth/budget/limits.h, the numbers in the documented example.
TEST(ModuleSettings, HaveTheBudgetsThatTheExampleShows) {
  Config config = make_config();
  for (const std::string_view name : kBudgetKeys) {
    const auto match = find_key("budgets." + std::string(name) + "_per_minute");
    ASSERT_NE(match.key, nullptr) << name;
    config.budgets_per_minute.push_back(
        static_cast<std::uint32_t>(std::get<std::int64_t>(make_default(*match.key).value)));
  }
  EXPECT_EQ(make_budget_rates(config), oauth::default_budget_rates());
  const auto quota = make_default(*find_key("oauth.registrations_per_hour").key);
  EXPECT_EQ(std::get<std::int64_t>(quota.value),
            static_cast<std::int64_t>(oauth::Settings{}.registrations_per_hour));
}

TEST(ModuleSettings, BelieveTheHeaderThatTheProxiesWrite) {
  Config config = make_config();
  config.listen.forwarded_header = "x-forwarded-for";
  EXPECT_EQ(to_forwarded_header(config), http::ForwardedHeader::kXForwardedFor);
  config.listen.forwarded_header = "forwarded";
  EXPECT_EQ(to_forwarded_header(config), http::ForwardedHeader::kForwarded);
}

TEST(ModuleSettings, GiveEachPluginItsOwn) {
  Config config = make_config();
  PluginConfig& plugin = config.plugins["todo_api"];
  plugin.enabled = true;
  plugin.allowed_hosts = {"https://todo.example"};
  plugin.timeout = Milliseconds(5000);
  plugin.running_max = 4;
  plugin.queued_max = 9;
  plugin.config_json = R"({"a":1})";
  const auto settings = make_registry_settings(config, "/run/x");
  EXPECT_EQ(settings.runtime_directory, "/run/x");
  const auto& one = settings.plugins.at("todo_api");
  EXPECT_TRUE(one.enabled);
  EXPECT_THAT(one.allowed_hosts, ElementsAre("https://todo.example"));
  EXPECT_EQ(one.timeout_ms, 5000);
  EXPECT_EQ(one.running_max, 4u);
  EXPECT_EQ(one.queued_max, 9u);
  EXPECT_EQ(one.config_json, R"({"a":1})");
}

TEST(ModuleSettings, CountThreadsForWhatIsEnabledUpToALimit) {
  Config config = make_config();
  EXPECT_EQ(count_plugin_threads(config), 16u);
  config.plugins["on"].enabled = true;
  config.plugins["on"].running_max = 4;
  config.plugins["off"].running_max = 100;
  EXPECT_EQ(count_plugin_threads(config), 20u);
  config.plugins["on"].running_max = 4096;
  EXPECT_EQ(count_plugin_threads(config), 256u);
}

TEST(ModuleSettings, TurnTlsOnWhenThereIsACertificate) {
  Config config = make_config();
  EXPECT_FALSE(make_public_listener(config).tls);
  config.listen.tls_certificate = "cert.pem";
  config.listen.tls_key = "key.pem";
  ASSERT_TRUE(make_public_listener(config).tls);
  EXPECT_EQ(make_public_listener(config).tls->key_path, "key.pem");
  EXPECT_FALSE(make_admin_listener(config).tls);
}

}  // namespace
}  // namespace mcph::app
