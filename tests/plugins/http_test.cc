// mcph.http/1 as a plugin sees it, and what of it leaves the host.
#include "support.h"

namespace mcph::plugins {
namespace {

RegistrySettings reaching(std::vector<std::string> hosts) {
  PluginSettings settings;
  settings.allowed_hosts = std::move(hosts);
  return with("upstream", settings);
}

net::HttpResponse respond(int status, std::string body = "body") {
  net::HttpResponse response;
  response.status = status;
  response.headers.add("Content-Type", "text/plain");
  response.body = std::move(body);
  return response;
}

constexpr auto kUrl = R"({"url":"https://api.example.com/x"})";

TEST(Http, CarriesTheBearerOfTheUserThatThePluginNeverSees) {
  Host host({"upstream"}, reaching({"api.example.com"}));
  host.http.answer = [](const net::HttpRequest&) { return respond(200); };
  EXPECT_EQ(text_of(host.call("fetch_url", kUrl)), "200 body");
  ASSERT_EQ(host.http.requests.size(), 1u);
  EXPECT_EQ(host.http.requests[0].authorization.reveal(), "Bearer secret-token-1");
  EXPECT_EQ(host.http.requests[0].tag, "plugin:upstream");
  EXPECT_TRUE(host.http.requests[0].deadline.has_value());
}

TEST(Http, CarriesNothingWhenNotSentAsTheUser) {
  Host host({"upstream"}, reaching({"api.example.com"}));
  host.http.answer = [](const net::HttpRequest&) { return respond(401); };
  EXPECT_EQ(
      text_of(host.call("fetch_url", R"({"url":"https://api.example.com/x","as_nobody":true})")),
      "401 body");
  EXPECT_TRUE(host.http.requests[0].authorization.empty());
  EXPECT_EQ(host.tokens.refreshes, 0);
}

TEST(Http, RefreshesOnceWhenTheApiRefusesTheToken) {
  for (const char* tool : {"fetch_url", "fetch_url_later"}) {
    Host host({"upstream"}, reaching({"https://api.example.com"}));
    host.http.answer = [](const net::HttpRequest& request) {
      return respond(request.authorization.reveal() == "Bearer secret-token-2" ? 200 : 401);
    };
    EXPECT_EQ(text_of(host.call(tool, kUrl)), "200 body") << tool;
    EXPECT_EQ(host.http.requests.size(), 2u) << tool;
    EXPECT_EQ(host.tokens.refreshes, 1) << tool;
  }
}

TEST(Http, TellsThePluginWhenTheApiRefusesTheNewerTokenToo) {
  Host host({"upstream"}, reaching({"api.example.com"}));
  host.http.answer = [](const net::HttpRequest&) { return respond(401); };
  EXPECT_EQ(text_of(host.call("fetch_url", kUrl)), "401 body");
  EXPECT_EQ(host.http.requests.size(), 2u);
  EXPECT_EQ(host.tokens.refreshes, 1);
}

TEST(Http, MeansSigningInAgainWhenTheGrantIsDead) {
  for (const char* tool : {"fetch_url", "fetch_url_later"}) {
    Host host({"upstream"}, reaching({"api.example.com"}));
    host.tokens.failure = Error{Code::kUnauthorized, "dead", {}};
    host.http.answer = [](const net::HttpRequest&) { return respond(401); };
    EXPECT_EQ(host.call(tool, kUrl).kind, Kind::kSignInAgain) << tool;
    EXPECT_EQ(host.http.requests.size(), 1u) << tool;
  }
}

TEST(Http, TellsThePluginThatTheApiRefusedWhenNoNewerTokenCanBeHad) {
  Host host({"upstream"}, reaching({"api.example.com"}));
  host.tokens.failure = Error{Code::kUnavailable, "PingOne is down", {}};
  host.http.answer = [](const net::HttpRequest&) { return respond(401); };
  EXPECT_EQ(text_of(host.call("fetch_url", kUrl)), "401 body");
}

TEST(Http, GoesNowhereElse) {
  Host host({"upstream"}, reaching({"api.example.com", "127.0.0.1:8080"}));
  host.http.answer = [](const net::HttpRequest&) { return respond(200); };
  for (const char* url :
       {"https://evil.example/x", "http://api.example.com/x", "https://api.example.com:444/",
        "https://api.example.com@evil.example/", "https://user@api.example.com/",
        "https://api.example.com.evil.example/", "http://127.0.0.1:8081/", "file:///etc/passwd",
        "https://api.example.com/#x", "nonsense", ""}) {
    const auto outcome = host.call("fetch_url", std::string(R"({"url":")") + url + "\"}");
    EXPECT_TRUE(outcome.is_error || outcome.kind == Kind::kInvalidParams) << url;
  }
  EXPECT_TRUE(host.http.requests.empty());
  EXPECT_EQ(text_of(host.call("fetch_url", R"({"url":"http://127.0.0.1:8080/a?b"})")), "200 body");
}

TEST(Http, PassesTheTraceOn) {
  Host host({"upstream"}, reaching({"api.example.com"}));
  host.http.answer = [](const net::HttpRequest&) { return respond(200); };
  const std::string parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  host.meta = R"({"traceparent":")" + parent + R"(","tracestate":"a=b"})";
  host.call("fetch_url", kUrl);
  EXPECT_EQ(host.http.requests[0].headers.find("traceparent"), parent);
  EXPECT_EQ(host.http.requests[0].headers.find("tracestate"), "a=b");
  host.meta = R"({"traceparent":"00-\r\nEvil: 1"})";
  host.call("fetch_url", kUrl);
  EXPECT_EQ(host.http.requests[1].headers.count("traceparent"), 0u);
}

TEST(Http, ExplainsWhatWentWrongWithoutDetails) {
  const std::pair<Code, const char*> cases[] = {
      {Code::kTimeout, "the service did not answer in time"},
      {Code::kUnavailable, "the service could not be reached"},
      {Code::kLimit, "the answer of the service is too large"},
  };
  for (const auto& [code, text] : cases) {
    Host host({"upstream"}, reaching({"api.example.com"}));
    host.http.answer = [code = code](const net::HttpRequest&) {
      return Result<net::HttpResponse>(Error{code, "secret of the network", "10.0.0.1"});
    };
    EXPECT_EQ(text_of(host.call("fetch_url", kUrl)), text);
  }
}

}  // namespace
}  // namespace mcph::plugins
