#include "app/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.h"
#include "unit/app/temporary_folder.h"

namespace mcph::app {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view kMinimal = R"(public_url = "https://mcp.example.com/"
[database]
url = "postgresql:///mcp_host"
[keys]
kek_file = "kek"
[pingone]
environment_id = "6991589d-87eb-47f4-9131-284cebe106b3"
region = "eu"
client_id = "me"
client_secret = "hush"
)";

constexpr std::string_view kRing = "k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

class LoadConfig : public ::testing::Test {
 protected:
  LoadConfig() { folder_.write("kek", kRing); }
  LoadedConfig load(std::string_view text, const Environment& environment = {}) {
    return load_config(folder_.write("host.toml", text), environment);
  }
  // The minimal file with `more` at its end.
  LoadedConfig load_with(std::string_view more, const Environment& environment = {}) {
    return load(std::string(kMinimal) + std::string(more), environment);
  }
  // Of a file that must be refused for exactly one reason.
  std::string problem_of(std::string_view text, const Environment& environment = {}) {
    const auto loaded = load(text, environment);
    EXPECT_FALSE(loaded.config.has_value());
    EXPECT_EQ(loaded.problems.size(), 1u) << ::testing::PrintToString(loaded.problems);
    return loaded.problems.empty() ? "" : loaded.problems.front();
  }
  std::string problem_with(std::string_view more, const Environment& environment = {}) {
    return problem_of(std::string(kMinimal) + std::string(more), environment);
  }
  static std::string replaced(std::string_view from, std::string_view to) {
    std::string text(kMinimal);
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos);
    return text.replace(at, from.size(), to);
  }

  TemporaryFolder folder_;
};

TEST_F(LoadConfig, FillsDefaultsAroundAMinimalFile) {
  const auto loaded = load(kMinimal);
  ASSERT_TRUE(loaded.config) << ::testing::PrintToString(loaded.problems);
  const Config& config = *loaded.config;
  EXPECT_EQ(config.public_url, "https://mcp.example.com");
  EXPECT_EQ(config.listen.address, "127.0.0.1");
  EXPECT_EQ(config.listen.port, 8080);
  EXPECT_EQ(config.admin.address, "127.0.0.1");
  EXPECT_EQ(config.database.url.reveal(), "postgresql:///mcp_host");
  EXPECT_TRUE(config.database.migrate_on_start);
  EXPECT_EQ(config.kek_ring.reveal(), kRing);
  EXPECT_EQ(config.key_rotation_every, Seconds(90 * 24 * 3600));
  EXPECT_TRUE(config.audit.tool_calls);
  EXPECT_EQ(config.audit.retention, Seconds(400 * 24 * 3600));
  EXPECT_EQ(config.pingone.issuer,
            "https://auth.pingone.eu/6991589d-87eb-47f4-9131-284cebe106b3/as");
  EXPECT_EQ(config.pingone.client_secret.reveal(), "hush");
  EXPECT_THAT(config.pingone.scopes, ElementsAre("openid", "profile"));
  EXPECT_EQ(config.oauth.registration, "open");
  EXPECT_EQ(config.oauth.registrations_per_hour, 10u);
  EXPECT_TRUE(config.oauth.client_documents);
  EXPECT_FALSE(config.oauth.client_documents_on_loopback);
  EXPECT_EQ(config.oauth.access_token_lifetime, Seconds(600));
  EXPECT_EQ(config.mcp.page_size, 100u);
  EXPECT_EQ(config.mcp.streams_per_user_max, 64u);
  EXPECT_EQ(config.log_level, LogLevel::kInfo);
  EXPECT_FALSE(config.core_dumps);
  EXPECT_THAT(config.plugins, IsEmpty());
  EXPECT_TRUE(config.plugin_defaults.enabled);
  EXPECT_FALSE(config.plugin_defaults.raw_token);
  EXPECT_THAT(config.plugin_defaults.allowed_hosts, IsEmpty());
}

TEST_F(LoadConfig, ReadsAPluginsSectionAndHandsItsOwnTableOnAsJson) {
  const auto loaded = load_with(R"(
[plugin.todo_api]
allowed_hosts = ["http://127.0.0.1:9500"]
timeout_ms = 5000
[plugin.todo_api.config]
base_url = "http://127.0.0.1:9500"
retries = 2
deep = { list = [1, "two", true, 2.5] }
)");
  ASSERT_TRUE(loaded.config) << ::testing::PrintToString(loaded.problems);
  const PluginConfig& plugin = loaded.config->plugins.at("todo_api");
  EXPECT_TRUE(plugin.enabled);
  EXPECT_EQ(plugin.timeout, Milliseconds(5000));
  EXPECT_THAT(plugin.allowed_hosts, ElementsAre("http://127.0.0.1:9500"));
  const auto config = parse_json(plugin.config_json);
  ASSERT_TRUE(config.ok());
  EXPECT_EQ(*config, json::parse(R"({"base_url":"http://127.0.0.1:9500","retries":2,
                                     "deep":{"list":[1,"two",true,2.5]}})"));
}

TEST_F(LoadConfig, NamesThePlaceOfAnUnknownKey) {
  const auto line = std::to_string(std::count(kMinimal.begin(), kMinimal.end(), '\n') + 2);
  EXPECT_THAT(problem_with("[listen]\nprot = 80\n"),
              AllOf(HasSubstr("host.toml:" + line + ":1"), HasSubstr("unknown key listen.prot")));
  EXPECT_THAT(problem_with("[lisen]\nport = 80\n"), HasSubstr("unknown key lisen"));
  EXPECT_THAT(problem_with("[plugin.x]\nhosts = []\n"), HasSubstr("unknown key plugin.x.hosts"));
}

TEST_F(LoadConfig, WantsTheKeyOrTheSecretThatTheClientAuthenticationNeeds) {
  EXPECT_THAT(problem_with("client_auth = \"private_key_jwt\"\n"),
              HasSubstr("private_key_file is missing"));
  EXPECT_THAT(problem_with("client_auth = \"magic\"\n"), HasSubstr("one of: client_secret"));
}

TEST_F(LoadConfig, RefusesParametersThatHaveAMeaningOfTheirOwn) {
  for (const char* entry : {"brand", "state=x", "login_hint=victim", "a b=c", "=x"}) {
    EXPECT_THAT(problem_with("authorize_parameters = [\"" + std::string(entry) + "\"]\n"),
                HasSubstr("no name=value, or a name with a meaning"))
        << entry;
  }
}

TEST_F(LoadConfig, TakesOneKindOfPolicy) {
  EXPECT_THAT(problem_with("davinci_policy = \"a\"\nsign_on_policies = [\"b\"]\n"),
              HasSubstr("exclude each other"));
}

TEST_F(LoadConfig, WantsAudienceAndScopesOfAFurtherApiTogether) {
  EXPECT_THAT(problem_with("[plugin.x]\nupstream_audience = \"https://api.example\"\n"),
              HasSubstr("go together"));
  EXPECT_THAT(problem_with("[plugin.x]\nupstream_scopes = [\"read\"]\n"), HasSubstr("go together"));
}

TEST_F(LoadConfig, LetsStrangersNameThisMachineInDevelopmentOnly) {
  EXPECT_THAT(problem_with("[oauth]\nclient_documents_on_loopback = true\n"),
              HasSubstr("loopback public_url only"));
}

TEST_F(LoadConfig, TrustsProxiesByTheirNetworks) {
  const auto loaded = load_with("[listen]\ntrusted_proxies = [\"10.0.0.0/8\", \"::1\"]\n");
  ASSERT_TRUE(loaded.config) << ::testing::PrintToString(loaded.problems);
  EXPECT_THAT(loaded.config->listen.trusted_proxies, ElementsAre("10.0.0.0/8", "::1"));
  EXPECT_THAT(problem_with("[listen]\ntrusted_proxies = [\"10.0.0.0/33\"]\n"),
              HasSubstr("no network: 10.0.0.0/33"));
  EXPECT_THAT(problem_with("[listen]\ntrusted_proxies = [\"proxy.internal\"]\n"),
              HasSubstr("no network: proxy.internal"));
  EXPECT_THAT(problem_with("[listen]\nforwarded_header = \"x-real-ip\"\n"),
              HasSubstr("one of: x-forwarded-for, forwarded"));
}

TEST_F(LoadConfig, NamesThePlaceOfASyntaxError) {
  EXPECT_THAT(problem_of("public_url = \"a\"\npublic_url = = 1\n"), HasSubstr("host.toml:2:"));
}

TEST_F(LoadConfig, RefusesValuesOfTheWrongKindOrRange) {
  EXPECT_THAT(problem_with("[listen]\nport = \"80\"\n"), HasSubstr("must be a whole number"));
  EXPECT_THAT(problem_with("[listen]\nport = 65536\n"), HasSubstr("between 1 and 65535"));
  EXPECT_THAT(problem_with("[listen]\naddress = 1\n"), HasSubstr("must be a text in quotes"));
  EXPECT_THAT(problem_with("[oauth]\nscopes = [1]\n"), HasSubstr("must be a list of texts"));
  EXPECT_THAT(problem_with("[oauth]\nregistration = \"maybe\"\n"),
              HasSubstr("one of: open, token, off"));
  EXPECT_THAT(problem_with("[process]\ncore_dumps = 1\n"), HasSubstr("true or false"));
  EXPECT_THAT(problem_with("[log]\nlevel = 2026-01-01\n"), HasSubstr("no key takes"));
  EXPECT_THAT(problem_with("listen = 5\n"), HasSubstr("unknown key"));
}

TEST_F(LoadConfig, ReportsEveryMissingKeyAtOnce) {
  const auto loaded = load("[log]\nlevel = \"warn\"\n");
  EXPECT_FALSE(loaded.config);
  EXPECT_THAT(loaded.problems,
              ElementsAre(HasSubstr("public_url is missing"), HasSubstr("database.url is missing"),
                          HasSubstr("keys.kek_file is missing"),
                          HasSubstr("pingone.environment_id is missing"),
                          HasSubstr("pingone.client_id is missing"),
                          HasSubstr("pingone.client_secret is missing")));
}

TEST_F(LoadConfig, TakesTheKeyRingFromAFileAVariableOrSystemd) {
  const std::string none = replaced("[keys]\nkek_file = \"kek\"\n", "");
  const std::string other = "k2:BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBA";
  EXPECT_THAT(problem_of(none), HasSubstr("keys.kek_file is missing"));
  EXPECT_EQ(load(none, {{"MCPH_KEYS__KEK", other}}).config->kek_ring.reveal(), other);
  EXPECT_EQ(load(kMinimal, {{"MCPH_KEYS__KEK", other}}).config->kek_ring.reveal(), other);

  EXPECT_THAT(problem_of(none, {{"CREDENTIALS_DIRECTORY", folder_.path()}}),
              HasSubstr("keys.kek_file is missing"));
  folder_.write("mcp-host.kek", other);
  EXPECT_EQ(load(none, {{"CREDENTIALS_DIRECTORY", folder_.path()}}).config->kek_ring.reveal(),
            other);
  // What is named wins over what is found.
  EXPECT_EQ(load(kMinimal, {{"CREDENTIALS_DIRECTORY", folder_.path()}}).config->kek_ring.reveal(),
            kRing);
}

TEST_F(LoadConfig, RefusesAKeyRingFileThatIsNotThere) {
  EXPECT_THAT(problem_of(replaced("\"kek\"", "\"gone\"")), HasSubstr("kek_file cannot read"));
}

// The rest of a host without authorization: nothing of PingOne.
std::string open_host(std::string_view public_url, std::string_view address) {
  return "public_url = \"" + std::string(public_url) + "\"\n[auth]\nmode = \"off\"\n" +
         "[listen]\naddress = \"" + std::string(address) + "\"\n" +
         "[database]\nurl = \"postgresql:///mcp_host\"\n[keys]\nkek_file = \"kek\"\n";
}

TEST_F(LoadConfig, AsksForTokensUnlessToldOtherwise) {
  EXPECT_EQ(load(kMinimal).config->auth, AuthMode::kOAuth);
  EXPECT_THAT(problem_with("[auth]\nmode = \"none\"\n"),
              HasSubstr("one of: oauth, resource_server, off"));
}

// A host that takes PingOne's tokens, and `more`.
std::string resource_server(std::string_view more = {}) {
  return std::string(R"(public_url = "https://mcp.example.com"
[database]
url = "postgresql:///mcp_host"
[keys]
kek_file = "kek"
[auth]
mode = "resource_server"
[oauth]
scopes = ["mcp Use the tools"]
[pingone]
issuer = "https://auth.example.com/as"
)") + std::string(more);
}

TEST_F(LoadConfig, NeedsAnIssuerAndScopesToTakeItsTokens) {
  const auto loaded = load(resource_server());
  ASSERT_TRUE(loaded.config) << ::testing::PrintToString(loaded.problems);
  const Config& config = *loaded.config;
  EXPECT_EQ(config.auth, AuthMode::kResourceServer);
  EXPECT_EQ(config.pingone.client_id, "");
  EXPECT_EQ(config.resource_server.audience, "https://mcp.example.com/mcp");
  EXPECT_THAT(config.resource_server.algorithms, ElementsAre("RS256"));
  EXPECT_THAT(config.resource_server.clients, IsEmpty());
  std::string without_scopes = resource_server();
  const auto at = without_scopes.find("scopes =");
  without_scopes.erase(at, without_scopes.find('\n', at) - at);
  EXPECT_THAT(problem_of(without_scopes), HasSubstr("oauth.scopes is missing"));
}

TEST_F(LoadConfig, NeedsAClientToExchangeTokens) {
  const std::string exchanging =
      resource_server("[plugin.x]\nupstream_audience = \"api\"\nupstream_scopes = [\"read\"]\n");
  EXPECT_THAT(load(exchanging).problems, ElementsAre(HasSubstr("client_id is missing"),
                                                     HasSubstr("client_secret is missing")));
  EXPECT_TRUE(load(resource_server("client_id = \"me\"\nclient_secret = \"hush\"\n") +
                   exchanging.substr(resource_server().size()))
                  .config);
}

TEST_F(LoadConfig, RefusesWhatOnlyAnAuthorizationServerDecides) {
  for (const auto& [more, name] : {std::pair{"scopes = [\"openid\"]\n", "pingone.scopes"},
                                   std::pair{"pushed_requests = true\n", "pingone.pushed_requests"},
                                   std::pair{"[consent]\nremember = true\n", "consent.remember"}}) {
    EXPECT_THAT(problem_of(resource_server(more)),
                AllOf(HasSubstr(name), HasSubstr("PingOne decides it")));
  }
}

TEST_F(LoadConfig, RefusesAnAudienceOrSignaturesThatProveNothing) {
  EXPECT_THAT(problem_of(resource_server("[resource_server]\nalgorithms = [\"none\"]\n")),
              HasSubstr("not none"));
  EXPECT_THAT(problem_of(resource_server("[resource_server]\nalgorithms = []\n")),
              HasSubstr("at least one"));
  EXPECT_THAT(
      problem_of(resource_server(
          "client_id = \"me\"\nclient_secret = \"hush\"\n[resource_server]\naudience = \"me\"\n"
          "[plugin.x]\nupstream_audience = \"api\"\nupstream_scopes = [\"read\"]\n")),
      HasSubstr("must not be pingone.client_id"));
}

TEST_F(LoadConfig, PassesTokensOnOnlyToAnApiThatIsNamed) {
  const auto loaded = load(
      resource_server("[plugin.x]\nupstream_token = \"presented\"\nupstream_audience = \"api\"\n"));
  ASSERT_TRUE(loaded.config) << ::testing::PrintToString(loaded.problems);
  EXPECT_TRUE(loaded.config->plugins.at("x").upstream_as_presented);
  EXPECT_THAT(problem_of(resource_server("[plugin.x]\nupstream_token = \"presented\"\n")),
              HasSubstr("upstream_audience is missing"));
  EXPECT_THAT(problem_with("[plugin.x]\nupstream_token = \"presented\"\n"
                           "upstream_audience = \"api\"\n"),
              HasSubstr("resource_server\" only"));
  EXPECT_THAT(problem_with("[resource_server]\nclients = [\"a\"]\n"),
              HasSubstr("resource_server\" only"));
}

TEST_F(LoadConfig, LetsAHostOnLoopbackRunWithoutAuthorizationAndPingOne) {
  for (const auto& [url, address] :
       {std::pair{"http://127.0.0.1:8080", "127.0.0.1"},
        std::pair{"http://localhost:8080", "127.0.0.53"}, std::pair{"http://[::1]:8080", "::1"}}) {
    const auto loaded = load(open_host(url, address));
    ASSERT_TRUE(loaded.config) << ::testing::PrintToString(loaded.problems);
    EXPECT_EQ(loaded.config->auth, AuthMode::kOff);
    EXPECT_EQ(loaded.config->pingone.issuer, "");
  }
}

TEST_F(LoadConfig, RefusesToRunWithoutAuthorizationWhereOthersCanReachIt) {
  for (const char* address :
       {"0.0.0.0", "::", "192.168.1.4", "127.0.0.1.example.com", "1270.0.0.1"}) {
    EXPECT_THAT(problem_of(open_host("http://127.0.0.1:8080", address)),
                HasSubstr("only if listen.address is a loopback address"));
  }
  EXPECT_THAT(problem_of(open_host("https://mcp.example.com", "127.0.0.1")),
              HasSubstr("only if public_url is a loopback address"));
}

TEST_F(LoadConfig, RefusesAFileThatIsNotThere) {
  const auto loaded = load_config(folder_.path() + "/none.toml", {});
  EXPECT_FALSE(loaded.config);
  EXPECT_THAT(loaded.problems, ElementsAre(HasSubstr("cannot read")));
}

TEST_F(LoadConfig, DemandsHttpsOfPublicUrlUnlessItIsLoopback) {
  const auto with = [](std::string_view url) { return replaced("https://mcp.example.com/", url); };
  EXPECT_THAT(problem_of(with("http://mcp.example.com")), HasSubstr("https://"));
  EXPECT_THAT(problem_of(with("mcp.example.com")), HasSubstr("must be a URL"));
  EXPECT_THAT(problem_of(with("https://mcp.example.com/path")), HasSubstr("must not have a path"));
  EXPECT_THAT(problem_of(with("https://mcp.example.com?q")), HasSubstr("must be a URL"));
  EXPECT_THAT(problem_of(with("https://me@mcp.example.com")), HasSubstr("must be a URL"));
  for (const auto* url : {"http://127.0.0.1:8080", "http://localhost:1", "http://[::1]:8080"}) {
    const auto loaded = load(with(url));
    ASSERT_TRUE(loaded.config) << url;
    EXPECT_EQ(loaded.config->public_url, url);
  }
}

TEST_F(LoadConfig, TakesAnIssuerInsteadOfAnEnvironment) {
  constexpr std::string_view kBoth =
      "environment_id = \"6991589d-87eb-47f4-9131-284cebe106b3\"\nregion = \"eu\"\n";
  const auto with = [&](std::string_view text) { return replaced(kBoth, text); };
  EXPECT_EQ(load(with("issuer = \"https://sso.example.com/as\"\n")).config->pingone.issuer,
            "https://sso.example.com/as");
  EXPECT_TRUE(load(with("issuer = \"http://127.0.0.1:9400/e/as\"\n")).config);
  EXPECT_THAT(problem_of(with("issuer = \"http://sso.example.com/as\"\n")), HasSubstr("https://"));
  EXPECT_THAT(problem_of(with("")), HasSubstr("environment_id is missing"));
  EXPECT_THAT(problem_with("issuer = \"https://sso.example.com/as\"\n"), HasSubstr("both given"));
}

TEST_F(LoadConfig, DemandsBothTlsFilesOrNone) {
  EXPECT_THAT(problem_with("[listen]\ntls_key = \"key.pem\"\n"), HasSubstr("go together"));
  const auto loaded =
      load_with("[listen]\ntls_key = \"key.pem\"\ntls_certificate = \"/etc/cert.pem\"\n");
  ASSERT_TRUE(loaded.config);
  EXPECT_EQ(loaded.config->listen.tls_key, folder_.path() + "/key.pem");
  EXPECT_EQ(loaded.config->listen.tls_certificate, "/etc/cert.pem");
}

TEST_F(LoadConfig, LetsNoPluginSendTokensInTheClear) {
  EXPECT_THAT(problem_with("[plugin.a]\nallowed_hosts = [\"http://api.example.com\"]\n"),
              HasSubstr("in the clear"));
  EXPECT_THAT(problem_with("[plugin.a]\nallowed_hosts = [\"api.example.com\"]\n"),
              HasSubstr("no origin"));
  EXPECT_THAT(problem_with("[plugin.a]\nallowed_hosts = [\"https://api.example.com/v1\"]\n"),
              HasSubstr("no origin"));
}

TEST_F(LoadConfig, ReadsASecretFromAFileOfItsOwn) {
  folder_.write("secret", "from the file\n");
  const auto text = replaced("client_secret = \"hush\"", "client_secret_file = \"secret\"");
  const auto loaded = load(text);
  ASSERT_TRUE(loaded.config) << ::testing::PrintToString(loaded.problems);
  EXPECT_EQ(loaded.config->pingone.client_secret.reveal(), "from the file");
}

TEST_F(LoadConfig, RefusesASecretFileThatEverybodyMayRead) {
  folder_.write("secret", "open", true);
  EXPECT_THAT(problem_of(replaced("client_secret = \"hush\"", "client_secret_file = \"secret\"")),
              AllOf(HasSubstr("client_secret_file"), HasSubstr("open to every user")));
}

TEST_F(LoadConfig, RefusesASecretGivenTwice) {
  folder_.write("secret", "a");
  EXPECT_THAT(problem_with("client_secret_file = \"secret\"\n"), HasSubstr("both given"));
}

TEST_F(LoadConfig, RefusesAnOpenFileWithASecretInIt) {
  const auto path = folder_.write("open.toml", kMinimal, true);
  EXPECT_THAT(load_config(path, {}).problems, ElementsAre(HasSubstr("open to every user")));
  const auto safe = folder_.write("safe.toml", replaced("hush", "${SECRET}"), true);
  EXPECT_TRUE(load_config(safe, {{"SECRET", "hush"}}).config);
}

TEST_F(LoadConfig, ReadsSecretsOfPluginsByName) {
  folder_.write("token", "from the file\n");
  const auto loaded = load_with(
      "[plugin.todo_api.secrets]\napi_key = \"hush\"\ntoken_file = \"token\"\nempty = \"\"\n",
      {{"MCPH_PLUGIN__TODO_API__SECRETS__API_KEY", "shh"}});
  ASSERT_TRUE(loaded.config) << ::testing::PrintToString(loaded.problems);
  const PluginConfig& plugin = loaded.config->plugins.at("todo_api");
  ASSERT_EQ(plugin.secrets.size(), 2u);
  EXPECT_EQ(plugin.secrets.at("api_key").reveal(), "shh");
  EXPECT_EQ(plugin.secrets.at("token").reveal(), "from the file");
  EXPECT_EQ(plugin.config_json, "{}") << "they are no part of the plugin's configuration";
}

TEST_F(LoadConfig, HoldsSecretsOfPluginsToTheRulesOfAllSecrets) {
  EXPECT_THAT(problem_with("[plugin.a.secrets]\nkey_file = \"gone\"\n"), HasSubstr("cannot read"));
  EXPECT_THAT(problem_with("[plugin.a.secrets]\nkey = 7\n"), HasSubstr("a text in quotes"));
  EXPECT_THAT(problem_with("[plugin.a.secrets.deeper]\nkey = \"x\"\n"),
              HasSubstr("plugin.a.secrets.deeper"));
  const std::string text = replaced("client_secret = \"hush\"", "client_secret = \"${SECRET}\"") +
                           "[plugin.a.secrets]\nkey = \"hush\"\n";
  const auto path = folder_.write("open.toml", text, true);
  EXPECT_THAT(load_config(path, {{"SECRET", "x"}}).problems,
              ElementsAre(HasSubstr("open to every user")));
}

TEST_F(LoadConfig, LetsTheEnvironmentOverrideTheFile) {
  const auto loaded = load(kMinimal, {{"MCPH_LISTEN__PORT", "8443"},
                                      {"MCPH_PUBLIC_URL", "http://localhost:8443"},
                                      {"MCPH_OAUTH__SCOPES", "a, b See and do"},
                                      {"MCPH_DATABASE__MIGRATE_ON_START", "false"},
                                      {"MCPH_PINGONE__CLIENT_SECRET", "${not expanded}"},
                                      {"MCPH_PLUGIN__TODO_API__ENABLED", "false"},
                                      {"MCPH_PLUGIN__TODO_API__CONFIG", R"({"a":1})"},
                                      {"MCPH_UNRELATED", "x"}});
  ASSERT_TRUE(loaded.config) << ::testing::PrintToString(loaded.problems);
  EXPECT_EQ(loaded.config->listen.port, 8443);
  EXPECT_EQ(loaded.config->public_url, "http://localhost:8443");
  ASSERT_EQ(loaded.config->oauth.scopes.size(), 2u);
  EXPECT_EQ(loaded.config->oauth.scopes[0].name, "a");
  EXPECT_EQ(loaded.config->oauth.scopes[1].name, "b");
  EXPECT_EQ(loaded.config->oauth.scopes[1].words, "See and do");
  EXPECT_FALSE(loaded.config->database.migrate_on_start);
  EXPECT_EQ(loaded.config->pingone.client_secret.reveal(), "${not expanded}");
  EXPECT_FALSE(loaded.config->plugins.at("todo_api").enabled);
  EXPECT_EQ(loaded.config->plugins.at("todo_api").config_json, R"({"a":1})");
}

TEST_F(LoadConfig, LetsASecretFileOfTheEnvironmentOverrideASecretOfTheFile) {
  const auto path = folder_.write("other", "theirs");
  const auto loaded = load(kMinimal, {{"MCPH_PINGONE__CLIENT_SECRET_FILE", path}});
  ASSERT_TRUE(loaded.config) << ::testing::PrintToString(loaded.problems);
  EXPECT_EQ(loaded.config->pingone.client_secret.reveal(), "theirs");
}

TEST_F(LoadConfig, RefusesAnOverrideThatNamesNoKeyOrHasNoFittingValue) {
  EXPECT_THAT(problem_of(kMinimal, {{"MCPH_LISTEN__PROT", "1"}}),
              HasSubstr("MCPH_LISTEN__PROT: no such key"));
  EXPECT_THAT(problem_of(kMinimal, {{"MCPH_LISTEN__PORT", "80x"}}),
              HasSubstr("MCPH_LISTEN__PORT: listen.port must be a whole number"));
  EXPECT_THAT(problem_of(kMinimal, {{"MCPH_PROCESS__CORE_DUMPS", "yes"}}),
              HasSubstr("true or false"));
}

TEST_F(LoadConfig, RefusesScopesThatAreNone) {
  EXPECT_THAT(problem_with("[oauth]\nscopes = []\n"), HasSubstr("at least one"));
  EXPECT_THAT(problem_with("[oauth]\nscopes = [\"a\\\"b\"]\n"), HasSubstr("no scope"));
  EXPECT_THAT(problem_with("[oauth]\nscopes = [\" words only\"]\n"), HasSubstr("no scope"));
  EXPECT_THAT(problem_with("[oauth]\ninitial_scopes = [\"a b\"]\n"), HasSubstr("no scope"));
}

TEST_F(LoadConfig, RefusesConsentThatNobodyCouldGive) {
  EXPECT_THAT(problem_with("[consent]\nmode = \"upstream\"\n"), HasSubstr("davinci_policy"));
  EXPECT_THAT(problem_with("[consent]\nmode = \"both\"\n"), HasSubstr("davinci_policy"));
  EXPECT_THAT(problem_with("[consent]\nunsafe_upstream_consent = true\n"), HasSubstr("upstream"));
  EXPECT_THAT(problem_with("[consent]\nmode = \"both\"\nremember = true\n",
                           {{"MCPH_PINGONE__DAVINCI_POLICY", "a-policy"}}),
              HasSubstr("is for consent.mode"));
}

TEST_F(LoadConfig, AsksForConsentOnThePageAndRemembersNothingUnlessTold) {
  const auto loaded = load(kMinimal);
  ASSERT_TRUE(loaded.config) << ::testing::PrintToString(loaded.problems);
  EXPECT_EQ(loaded.config->consent.mode, "host");
  EXPECT_FALSE(loaded.config->consent.unsafe_upstream_consent);
  EXPECT_FALSE(loaded.config->consent.remember);
}

TEST_F(LoadConfig, NeverRepeatsASecretInAProblem) {
  const auto loaded = load(replaced("client_id = \"me\"\n", ""));
  for (const auto& problem : loaded.problems)
    EXPECT_THAT(problem, ::testing::Not(HasSubstr("hush")));
}

}  // namespace
}  // namespace mcph::app
