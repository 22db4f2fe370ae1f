// The user's upstream token: who gets it, when it is refreshed, when it is gone.
#include "support.h"

namespace mcph::plugins {
namespace {

TEST(Token, IsNeverShownToAPluginThatIsNotAllowedToSeeIt) {
  Host host({"faulty/keeps_token"});
  EXPECT_EQ(text_of(host.call("keeps_token")), "hidden");
}

TEST(Token, BecomesZerosWhenTheCallEnds) {
  PluginSettings settings;
  settings.raw_token = true;
  Host host({"faulty/keeps_token"}, with("keeps_token", settings));
  EXPECT_EQ(text_of(host.call("keeps_token")), "shown");
  EXPECT_EQ(text_of(host.call("keeps_token")), "zeros");
}

TEST(Token, IsFetchedOnTheExecutorWhenItIsNotCached) {
  Host host({"todo_api"}, with("todo_api", {.config_json = R"({"base_url":"https://t.example"})"}));
  host.tokens.cached = false;
  const auto call = host.begin("who_am_I");
  EXPECT_FALSE(call.observer->wait().is_error);
  EXPECT_NE(call.observer->thread, std::this_thread::get_id());
  EXPECT_EQ(host.tokens.gets, 1);
}

TEST(Token, OfADeadGrantMeansSigningInAgain) {
  Host host({"faulty/keeps_token"});
  host.tokens.cached = false;
  host.tokens.failure = Error{Code::kUnauthorized, "dead", {}};
  EXPECT_EQ(host.call("keeps_token").kind, Kind::kSignInAgain);
}

TEST(Token, ThatCannotBeFetchedNowIsAnErrorTheModelCanRead) {
  Host host({"faulty/keeps_token"});
  host.tokens.cached = false;
  host.tokens.failure = Error{Code::kUnavailable, "PingOne is down", {}};
  const auto outcome = host.call("keeps_token");
  EXPECT_TRUE(outcome.is_error);
  EXPECT_EQ(text_of(outcome), "The sign-in service cannot be reached right now.");
}

TEST(Unauthorized, IsRetriedOnceWithANewerTokenWhenTheToolMayRunTwice) {
  Host host({"faulty/unauthorized"});
  EXPECT_EQ(text_of(host.call("refused_once")), "hello");
  EXPECT_EQ(host.tokens.refreshes, 1);
  EXPECT_EQ(host.call("refused_always").kind, Kind::kSignInAgain);
  EXPECT_EQ(host.tokens.refreshes, 2);
}

TEST(Unauthorized, IsNotRetriedWhenTheToolMayHaveChangedSomething) {
  Host host({"faulty/unauthorized"});
  EXPECT_EQ(host.call("refused_writing").kind, Kind::kSignInAgain);
  EXPECT_EQ(host.tokens.refreshes, 0);
}

TEST(Unauthorized, EndsWhenTheGrantIsDead) {
  Host host({"faulty/unauthorized"});
  host.tokens.failure = Error{Code::kUnauthorized, "dead", {}};
  EXPECT_EQ(host.call("refused_once").kind, Kind::kSignInAgain);
}

}  // namespace
}  // namespace mcph::plugins
