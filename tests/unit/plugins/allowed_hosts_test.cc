#include "plugins/allowed_hosts.h"

#include <gtest/gtest.h>

namespace mcph::plugins {
namespace {

bool allows(const std::vector<std::string>& entries, const std::string& url) {
  const auto hosts = AllowedHosts::parse(entries);
  EXPECT_TRUE(hosts.ok());
  const auto parsed = parse_url(url);
  EXPECT_TRUE(parsed.ok()) << url;
  return hosts.ok() && parsed.ok() && hosts->allows(*parsed);
}

TEST(AllowedHosts, MatchesWholeOrigins) {
  EXPECT_TRUE(allows({"https://api.example.com"}, "https://api.example.com/x"));
  EXPECT_TRUE(allows({"https://api.example.com/"}, "https://api.example.com:443/x"));
  EXPECT_TRUE(allows({"API.example.com"}, "https://api.EXAMPLE.com/"));
  EXPECT_FALSE(allows({"api.example.com"}, "https://example.com/"));
  EXPECT_FALSE(allows({"example.com"}, "https://api.example.com/"));
  EXPECT_FALSE(allows({"api.example.com"}, "https://api.example.com:8443/"));
  EXPECT_FALSE(allows({}, "https://api.example.com/"));
}

TEST(AllowedHosts, WantCleartextWrittenOutExceptOnLoopback) {
  EXPECT_FALSE(allows({"api.example.com"}, "http://api.example.com/"));
  EXPECT_TRUE(allows({"http://api.example.com"}, "http://api.example.com/"));
  EXPECT_TRUE(allows({"127.0.0.1:8787"}, "http://127.0.0.1:8787/x"));
  EXPECT_TRUE(allows({"localhost:8787"}, "https://localhost:8787/x"));
  EXPECT_FALSE(allows({"127.0.0.1:8787"}, "http://127.0.0.1:8788/x"));
}

TEST(AllowedHosts, RefuseWhatIsNoOrigin) {
  for (const char* entry : {"", "https://", "https://a.example/path", "https://u@a.example",
                            "https://a.example?x", "https://a.example#x", "ftp://a.example"}) {
    EXPECT_FALSE(AllowedHosts::parse({entry}).ok()) << entry;
  }
}

}  // namespace
}  // namespace mcph::plugins
