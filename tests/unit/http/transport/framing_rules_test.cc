#include "http/transport/framing_rules.h"

#include <gtest/gtest.h>

#include <string>

namespace mcph::http {
namespace {

struct Head {
  Request request;
  HeadFacts facts;
};

Head get(std::string target, std::string_view host) {
  Head head;
  head.request.method = Method::kGet;
  head.request.target = std::move(target);
  head.request.headers.add("Host", host);
  head.facts.host.count = 1;
  head.facts.head_done = true;
  return head;
}

int status_of(const Head& head) {
  const auto refusal = check_head(head.request, head.facts, Limits{});
  return refusal ? refusal->status : 200;
}

TEST(CheckHead, KnowsAuthoritiesFromOtherText) {
  for (const char* host : {"h", "example.com", "example.com:443", "192.0.2.1:80", "[::1]",
                           "[2001:db8::1]:8080", "[v1.a:b]", "a_b.c", "host:"}) {
    EXPECT_EQ(status_of(get("/", host)), 200) << host;
  }
  for (const char* host :
       {"", ":80", "a/b", "a?b", "a#b", "u@h", "a b", "a\\b", "[::1", "::1]", "[]", "[::1]x", "[g]",
        "h:80x", "h:+80", "h:123456", "a,b@c", "[::1]:x"}) {
    EXPECT_EQ(status_of(get("/", host)), 400) << host;
  }
}

TEST(CheckHead, NeedsNoHostInHttp10) {
  Head head = get("/", "h");
  head.request.headers.clear();
  head.facts.host.count = 0;
  EXPECT_EQ(status_of(head), 400);
  head.facts.minor_version = 0;
  EXPECT_EQ(status_of(head), 200);
}

TEST(CheckHead, TakesTargetsUpToTheLimit) {
  const std::size_t limit = Limits{}.target_bytes_max;
  EXPECT_EQ(status_of(get("/" + std::string(limit - 1, 'a'), "h")), 200);
  EXPECT_EQ(status_of(get("/" + std::string(limit, 'a'), "h")), 414);
}

TEST(CheckHead, NeedsAKnownMethod) {
  Head head = get("/", "h");
  head.request.method = Method::kOther;
  EXPECT_EQ(status_of(head), 501);
}

TEST(NormaliseTarget, LeavesPathsAlone) {
  Head head = get("/a?u=http://x/", "h");
  normalise_target(head.request);
  EXPECT_EQ(head.request.target, "/a?u=http://x/");
  EXPECT_EQ(head.request.headers.find("host"), "h");
}

TEST(NormaliseTarget, SplitsAbsoluteForm) {
  struct {
    const char *target, *path, *host;
  } const cases[] = {
      {"http://a/b?c", "/b?c", "a"},
      {"HTTPS://a:1/", "/", "a:1"},
      {"http://a", "/", "a"},
      {"http://a?q", "/?q", "a"},
  };
  for (const auto& c : cases) {
    Head head = get(c.target, "other");
    ASSERT_EQ(status_of(head), 200) << c.target;
    normalise_target(head.request);
    EXPECT_EQ(head.request.target, c.path);
    EXPECT_EQ(head.request.headers.find("host"), c.host);
    EXPECT_EQ(head.request.headers.count("host"), 1u);
  }
}

TEST(RefuseVersion, TellsAnotherVersionFromNoHttp) {
  EXPECT_EQ(refuse_version("GET / HTTP/2.0\r\n").status, 505);
  EXPECT_EQ(refuse_version("GET / HTTP/1.9\r\nX: y").status, 505);
  EXPECT_EQ(refuse_version("GET / HTTP/11\r\n").status, 400);
  EXPECT_EQ(refuse_version("GET / FTP/1.1\r\n").status, 400);
  EXPECT_EQ(refuse_version("GET / x HTTP/2.0\r\n").status, 400);
  EXPECT_EQ(refuse_version("GET /").status, 400);
  EXPECT_EQ(refuse_version("").status, 400);
}

}  // namespace
}  // namespace mcph::http
