#include "base/url.h"

#include <gtest/gtest.h>

namespace mcph {
namespace {

TEST(ParseUrl, TakesAUrlApart) {
  const auto url = parse_url("HTTPS://User@Host.Example:8443/a%20b/?x=1#f");
  ASSERT_TRUE(url.ok());
  EXPECT_EQ(url->scheme, "https");
  EXPECT_EQ(url->host, "host.example");
  EXPECT_EQ(url->port, 8443);
  EXPECT_TRUE(url->has_explicit_port);
  EXPECT_TRUE(url->has_userinfo);
  EXPECT_EQ(url->path, "/a%20b/");
  EXPECT_TRUE(url->has_query);
  EXPECT_EQ(url->query, "x=1");
  EXPECT_TRUE(url->has_fragment);
}

TEST(ParseUrl, KnowsTheDefaultPorts) {
  EXPECT_EQ(parse_url("http://h")->port, 80);
  EXPECT_EQ(parse_url("https://h")->port, 443);
  EXPECT_EQ(parse_url("com.example.app:/callback")->port, 0);
  EXPECT_FALSE(parse_url("http://h")->has_explicit_port);
}

TEST(ParseUrl, AcceptsPrivateSchemesWithoutAuthority) {  // RFC 8252 §7.1
  const auto url = parse_url("com.example.app:/callback");
  ASSERT_TRUE(url.ok());
  EXPECT_EQ(url->host, "");
  EXPECT_EQ(url->path, "/callback");
}

TEST(ParseUrl, RefusesWhatIsNotAnAbsoluteUri) {
  for (const char* text : {"", "/path", "//host/path", "host", "http://h h", "http://h\n",
                           "http://[::1", "http://h:99999", "http://h:0", "http://h:x",
                           "http://h/\x80", "1http://h", "http://h/%zz", "http://h/\\..\\"}) {
    EXPECT_FALSE(parse_url(text).ok()) << text;
  }
}

// What stands behind the authority must never become a path: the host would be another one.
TEST(ParseUrl, RefusesAnAuthorityWithSomethingGluedToIt) {
  for (const char* text : {"http://127.0.0.1.evil.example/", "http://127.0.0.1evil",
                           "http://[::1].evil.example/", "http://h:80x/", "http://h:80:90/",
                           "http://a@b@evil.example/", "http://127.0.0.1%00.evil.example/"}) {
    EXPECT_FALSE(parse_url(text).ok()) << text;
  }
}

TEST(Url, HasAnOriginWithoutDefaultPort) {  // RFC 6454 §6.2
  EXPECT_EQ(parse_url("https://H.example:443/x")->origin(), "https://h.example");
  EXPECT_EQ(parse_url("https://h.example:8443/x")->origin(), "https://h.example:8443");
  EXPECT_EQ(parse_url("http://[::1]:8080/x")->origin(), "http://[::1]:8080");
}

TEST(Url, KnowsLoopbackAndIsNotFooledByNames) {  // RFC 8252 §7.3
  for (const char* text : {"http://localhost/", "http://LOCALHOST:1/", "http://127.0.0.1",
                           "http://127.9.9.9:80/", "http://[::1]/"}) {
    EXPECT_TRUE(parse_url(text)->is_loopback()) << text;
  }
  for (const char* text :
       {"http://localhost.evil.example/", "http://1.127.0.1/", "http://128.0.0.1/", "http://[::2]/",
        "http://evil.example/localhost", "http://localhost@evil.example/"}) {
    EXPECT_FALSE(parse_url(text)->is_loopback()) << text;
  }
}

}  // namespace
}  // namespace mcph
