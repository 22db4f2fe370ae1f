// What a plugin gets through the extensions, by a plugin that uses them all.
#include "support.h"

namespace mcph::plugins {
namespace {

std::string args(const std::string& key, const std::string& more = {}) {
  return R"({"key":")" + key + '"' + more + '}';
}

// Until it holds, or half a minute is over.
bool soon(const std::function<bool()>& holds) {
  for (int i = 0; i < 15'000; ++i) {
    if (holds()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return false;
}

TEST(Kv, KeepsWhatOneUserHasApartFromAllOthers) {
  Host host({"extended"});
  EXPECT_EQ(text_of(host.call("put", args("unit", R"(,"value":"celsius")"))), "written");
  EXPECT_EQ(text_of(host.call("get", args("unit"))), "celsius");
  EXPECT_EQ(text_of(host.call("get", args("unit", R"(,"own":true)"))), "(none)");
  host.subject = "grace";
  EXPECT_EQ(text_of(host.call("get", args("unit"))), "(none)");
  EXPECT_EQ(text_of(host.call("put", args("seen", R"(,"value":"7","own":true)"))), "written");
  host.subject = "ada";
  EXPECT_EQ(text_of(host.call("get", args("seen", R"(,"own":true)"))), "7");
}

TEST(Kv, SwapsOnlyWhatIsStillThere) {
  Host host({"extended"});
  const auto put = [&](const std::string& more) {
    return text_of(host.call("put", args("k", R"(,"value":"v")" + more)));
  };
  EXPECT_EQ(put(R"(,"version":5)"), "somebody else was faster") << "there is none";
  EXPECT_EQ(put(R"(,"version":0)"), "written");
  EXPECT_EQ(put(R"(,"version":0)"), "somebody else was faster");
  EXPECT_EQ(put(R"(,"version":1)"), "written");
  EXPECT_EQ(text_of(host.call("remove", args("k"))), "removed");
  EXPECT_EQ(text_of(host.call("remove", args("k"))), "(none)");
}

TEST(Kv, ListsKeysByPrefixAndPassesLimitsAndExpiryOn) {
  Host host({"extended"});
  for (const char* key : {"a/2", "b/1", "a/1"}) {
    host.call("put", args(key, R"(,"value":"v","ttl":60)"));
  }
  EXPECT_EQ(text_of(host.call("list", args("a/"))), "a/1 a/2 ");
  EXPECT_TRUE(host.kv.last_expiry.has_value());
  EXPECT_EQ(host.kv.last_quota.entries_max, kKvUserEntriesMax);
  host.call("put", args("c", R"(,"value":"v","own":true)"));
  EXPECT_FALSE(host.kv.last_expiry.has_value());
  EXPECT_EQ(host.kv.last_quota.bytes_max, kKvOwnBytesMax);
}

TEST(Kv, AnswersAPendingCallWhenTheStoreHasAnswered) {
  Host host({"extended"});
  EXPECT_EQ(text_of(host.call("put_later")), "written later");
  EXPECT_EQ(text_of(host.call("get", args("later"))), "v");
  host.kv.failure = Error{Code::kLimit, "full", {}};
  EXPECT_EQ(text_of(host.call("put_later")), "not written");
  EXPECT_EQ(host.registry->faults(), 0u);
}

TEST(Kv, FailsAsAToolDoesWhenTheDatabaseIsGone) {
  Host host({"extended"});
  host.kv.failure = Error{Code::kUnavailable, "the database is not available", "secret detail"};
  const auto outcome = host.call("get", args("k"));
  EXPECT_TRUE(outcome.is_error);
  EXPECT_EQ(text_of(outcome), "The tool's memory is not available.");
  EXPECT_NE(host.logged().find("plugin.kv_failed"), std::string::npos);
}

TEST(Extensions, RefuseWhatMustNotBeAskedFor) {
  Host host({"faulty/asks_wrongly"});
  EXPECT_EQ(text_of(host.call("asks_wrongly")), "failed: 00");
  EXPECT_EQ(host.registry->list_plugins().at(0).health, "degraded") << "a state nobody knows";
}

TEST(Secrets, AreGivenByNameAndStandNowhereElse) {
  PluginSettings settings;
  settings.secrets.emplace("api_key", Secret(std::string("s3cr3t-value")));
  Host host({"extended"}, with("extended", settings));
  EXPECT_EQ(text_of(host.call("secret", R"({"name":"api_key"})")), "s3cr3t-value");
  EXPECT_EQ(text_of(host.call("secret", R"({"name":"other"})")), "no such secret");
  EXPECT_EQ(host.logged().find("s3cr3t-value"), std::string::npos);
}

TEST(Metrics, AreCountedUnderTheNameOfThePlugin) {
  Host host({"extended"});
  host.call("count", R"({"name":"a"})");
  host.call("count", R"({"name":"a"})");
  host.call("count", R"({"name":"b"})");
  const auto families = host.metrics.list();
  ASSERT_EQ(families.size(), 2u);
  EXPECT_EQ(families[0].owner, "extended");
  EXPECT_EQ(families[0].family->shape().name, "asked_total");
  const auto samples = families[0].family->read();
  ASSERT_EQ(samples.size(), 2u);
  EXPECT_EQ(samples[0].values, std::vector<std::string>{"a"});
  EXPECT_EQ(samples[0].value, 2);
  const auto waits = families[1].family->read();
  EXPECT_EQ(waits.at(0).count, 3u);
  EXPECT_EQ(waits.at(0).buckets, (std::vector<std::uint64_t>{0, 3}));
}

TEST(Metrics, AreDeclaredWhenThePluginStartsAndNotLater) {
  Host host({"extended"});
  EXPECT_NE(text_of(host.call("late_metric")), "taken");
  for (const auto& owned : host.metrics.list()) {
    EXPECT_NE(owned.family->shape().name, "late_total");
  }
}

TEST(Health, IsWhatThePluginLastReported) {
  Host host({"extended"});
  const auto now = [&] { return host.registry->list_plugins().at(0); };
  EXPECT_EQ(now().health, "ok");
  host.call("report", R"({"state":"failing","why":"The API is down."})");
  EXPECT_EQ(now().health, "failing");
  EXPECT_EQ(now().health_reason, "The API is down.");
  host.call("report", R"({"state":"ok"})");
  EXPECT_EQ(now().health, "ok");
  EXPECT_EQ(now().health_reason, "");
}

TEST(Trace, IsCarriedByRequestsWithTheSpanTheyBelongTo) {
  PluginSettings settings;
  settings.allowed_hosts = {"https://api.example.com"};
  Host host({"extended"}, with("extended", settings));
  host.http.answer = [](const net::HttpRequest&) { return net::HttpResponse{200, {}, "{}"}; };
  const std::string trace = "0af7651916cd43dd8448eb211c80319c";
  host.meta = R"({"traceparent":"00-)" + trace + R"(-b7ad6b7169203331-01"})";
  EXPECT_EQ(text_of(host.call("spans")), "done");
  ASSERT_EQ(host.http.requests.size(), 2u);
  const auto inner = std::string(host.http.requests[0].headers.find("traceparent").value_or(""));
  const auto outer = std::string(host.http.requests[1].headers.find("traceparent").value_or(""));
  EXPECT_EQ(inner.substr(0, 36), "00-" + trace + "-");
  EXPECT_EQ(outer.substr(0, 36), "00-" + trace + "-");
  EXPECT_NE(inner, outer);
  EXPECT_EQ(inner.find("b7ad6b7169203331"), std::string::npos);
  const std::string log = host.logged();
  EXPECT_NE(log.find(R"("name":"inner")"), std::string::npos);
  EXPECT_NE(log.find(R"("parent":"b7ad6b7169203331")"), std::string::npos);
}

TEST(Trace, CostsNothingWhenTheClientDoesNotAsk) {
  PluginSettings settings;
  settings.allowed_hosts = {"https://api.example.com"};
  Host host({"extended"}, with("extended", settings));
  host.http.answer = [](const net::HttpRequest&) { return net::HttpResponse{200, {}, "{}"}; };
  EXPECT_EQ(text_of(host.call("spans")), "done");
  EXPECT_FALSE(host.http.requests.at(0).headers.find("traceparent").has_value());
  EXPECT_EQ(host.logged().find("plugin.span"), std::string::npos);
}

TEST(PostedWork, RunsOnceAndAfterThePluginHasStarted) {
  Host host({"extended"});
  EXPECT_TRUE(soon([&] { return text_of(host.call("counters")) == "ran 1 freed 0"; }));
  host.call("post", R"({"ms":0})");
  host.call("post", R"({"ms":5})");
  EXPECT_TRUE(soon([&] { return text_of(host.call("counters")) == "ran 3 freed 2"; }));
}

TEST(PostedWork, ThatIsCancelledIsFreedAndNeverRuns) {
  Host host({"extended"});
  EXPECT_EQ(text_of(host.call("post", R"({"ms":60000,"cancel":true})")), "cancelled");
  EXPECT_TRUE(soon([&] { return text_of(host.call("counters")) == "ran 1 freed 1"; }));
}

TEST(PostedWork, ThatWaitsDoesNotHoldUpTheEnd) {
  Host host({"extended"});
  for (int i = 0; i < 20; ++i) host.call("post", R"({"ms":60000})");
  EXPECT_TRUE(host.registry->stop(Milliseconds(5'000)));
}

TEST(PostedWork, IsRefusedBeyondItsLimit) {
  Host host({"extended"});
  for (std::size_t i = 0; i < kPostedWorkMax; ++i) host.call("post", R"({"ms":60000})");
  EXPECT_TRUE(host.call("post", R"({"ms":60000})").is_error);
}

}  // namespace
}  // namespace mcph::plugins
