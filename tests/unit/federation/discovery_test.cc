#include "federation/discovery.h"

#include <gtest/gtest.h>

#include "fakes/fake_http_client.h"
#include "support/fake_clock.h"

namespace mcph::federation {
namespace {

constexpr const char* kIssuer = "https://auth.pingone.eu/env/as";

json::object good_document() {
  return {{"issuer", kIssuer},
          {"authorization_endpoint", "https://auth.pingone.eu/env/as/authorize"},
          {"token_endpoint", "https://auth.pingone.eu/env/as/token"},
          {"jwks_uri", "https://auth.pingone.eu/env/as/jwks"}};
}

TEST(ParseMetadata, ReadsTheEndpoints) {
  const auto metadata = parse_metadata(good_document(), kIssuer);
  ASSERT_TRUE(metadata.ok());
  EXPECT_EQ(metadata->authorization_endpoint, "https://auth.pingone.eu/env/as/authorize");
  EXPECT_EQ(metadata->token_endpoint, "https://auth.pingone.eu/env/as/token");
  EXPECT_EQ(metadata->jwks_uri, "https://auth.pingone.eu/env/as/jwks");
}

TEST(ParseMetadata, RefusesADocumentOfAnotherIssuer) {
  for (const char* issuer : {"https://auth.pingone.eu/env/as/", "https://auth.pingone.eu/other/as",
                             "HTTPS://auth.pingone.eu/env/as", ""}) {
    json::object document = good_document();
    document["issuer"] = issuer;
    EXPECT_FALSE(parse_metadata(document, kIssuer).ok()) << issuer;
  }
  EXPECT_FALSE(parse_metadata(json::value("text"), kIssuer).ok());
}

TEST(ParseMetadata, RefusesMissingAndUnsafeEndpoints) {
  for (const char* name : {"authorization_endpoint", "token_endpoint", "jwks_uri", "issuer"}) {
    json::object document = good_document();
    document.erase(name);
    EXPECT_FALSE(parse_metadata(document, kIssuer).ok()) << name;
    for (const char* url : {"http://auth.pingone.eu/x", "http://127.0.0.1/x", "/x",
                            "https://a@auth.pingone.eu/x", "https://auth.pingone.eu/x#y"}) {
      document[name] = url;
      EXPECT_FALSE(parse_metadata(document, kIssuer).ok()) << name << url;
    }
  }
}

TEST(Discovery, FetchesTheWellKnownDocumentOnce) {
  test::FakeClock clock;
  const Log log(clock, 2, LogLevel::kError);
  fakes::FakeHttpClient http([](const auto&) -> Result<net::HttpResponse> {
    return fakes::http_answer(200, to_json(good_document()), "max-age=7200");
  });
  Discovery discovery(kIssuer, http, clock, log);
  EXPECT_TRUE(discovery.get().ok());
  clock.advance(Seconds{7199});
  EXPECT_TRUE(discovery.get().ok());
  ASSERT_EQ(http.requests().size(), 1u);
  EXPECT_EQ(http.requests()[0].url, std::string(kIssuer) + "/.well-known/openid-configuration");
  EXPECT_EQ(http.requests()[0].response_bytes_max, 64u * 1024);
  clock.advance(Seconds{1});
  EXPECT_TRUE(discovery.get().ok());
  EXPECT_EQ(http.requests().size(), 2u);
}

}  // namespace
}  // namespace mcph::federation
