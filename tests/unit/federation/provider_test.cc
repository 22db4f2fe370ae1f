#include "federation/provider.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace mcph::federation {
namespace {

constexpr const char* kEnvironment = "6991589d-87eb-47f4-9131-284cebe106b3";

Provider good_provider() {
  Provider provider;
  provider.issuer = "https://auth.pingone.eu/6991589d-87eb-47f4-9131-284cebe106b3/as";
  provider.client_id = "client";
  provider.client_secret = Secret(std::string("secret"));
  provider.scopes = {"openid", "todo_api:read"};
  provider.redirect_uri = "https://mcp.example/callback";
  return provider;
}

TEST(MakePingOneIssuer, KnowsEveryRegion) {
  const std::pair<const char*, const char*> regions[] = {
      {"NA", "com"}, {"CA", "ca"}, {"EU", "eu"}, {"AU", "com.au"}, {"SG", "sg"}, {"AP", "asia"}};
  for (const auto& [name, domain] : regions) {
    const std::string wanted =
        std::string("https://auth.pingone.") + domain + "/" + kEnvironment + "/as";
    EXPECT_EQ(make_pingone_issuer(kEnvironment, name).value(), wanted);
    EXPECT_EQ(make_pingone_issuer(kEnvironment, domain).value(), wanted);
  }
  EXPECT_TRUE(make_pingone_issuer(kEnvironment, "eu").ok());
  EXPECT_FALSE(make_pingone_issuer(kEnvironment, "XX").ok());
  EXPECT_FALSE(make_pingone_issuer(kEnvironment, "evil.example/").ok());
}

TEST(MakePingOneIssuer, RefusesAnEnvironmentThatIsNoUuid) {
  for (const char* id :
       {"", "abc", "6991589d-87eb-47f4-9131-284cebe106b", "6991589d/87eb-47f4-9131-284cebe106b3",
        "../1589d-87eb-47f4-9131-284cebe106b3"}) {
    EXPECT_FALSE(make_pingone_issuer(id, "EU").ok()) << id;
  }
}

TEST(CheckProvider, AcceptsPingOneAndALocalStandIn) {
  EXPECT_TRUE(check_provider(good_provider()).ok());
  Provider local = good_provider();
  local.issuer = "http://127.0.0.1:9400/env/as";
  local.redirect_uri = "http://localhost:8080/callback";
  EXPECT_TRUE(check_provider(local).ok());
}

TEST(CheckProvider, RefusesAnUnsafeIssuer) {
  for (const char* issuer : {"", "auth.pingone.eu", "http://auth.pingone.eu/x/as",
                             "ftp://auth.pingone.eu/as", "https://user@auth.pingone.eu/as",
                             "https://auth.pingone.eu/as?x=1", "https://auth.pingone.eu/as#x",
                             "https://auth.pingone.eu/as/", "http://127.0.0.1.evil.example/as"}) {
    Provider provider = good_provider();
    provider.issuer = issuer;
    EXPECT_FALSE(check_provider(provider).ok()) << issuer;
  }
}

TEST(CheckProvider, RefusesWhatIsMissingOrMalformed) {
  const std::vector<std::function<void(Provider&)>> faults{
      [](Provider& p) { p.client_id = ""; },
      [](Provider& p) { p.client_id = "a b"; },
      [](Provider& p) { p.client_secret = Secret(); },
      [](Provider& p) { p.client_secret = Secret(std::string("a\nb")); },
      [](Provider& p) { p.scopes = {"profile"}; },
      [](Provider& p) {
        p.scopes = {"openid", "a b"};
      },
      [](Provider& p) {
        p.scopes = {"openid", ""};
      },
      [](Provider& p) { p.davinci_policy = "two policies"; },
      [](Provider& p) { p.redirect_uri = "http://mcp.example/callback"; },
      [](Provider& p) { p.redirect_uri = ""; },
  };
  for (std::size_t i = 0; i < faults.size(); ++i) {
    Provider provider = good_provider();
    faults[i](provider);
    EXPECT_FALSE(check_provider(provider).ok()) << i;
  }
}

}  // namespace
}  // namespace mcph::federation
