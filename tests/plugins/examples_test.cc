// The examples of the SDK do what its README says.
#include "support.h"

namespace mcph::plugins {
namespace {

TEST(HelloC, SaysHello) {
  Host host({"hello_c"});
  const auto outcome = host.call("hello_from_c");
  EXPECT_EQ(outcome.content, R"([{"type":"text","text":"Hello from C"}])");
  EXPECT_FALSE(outcome.is_error);
}

TEST(HelloCpp, GreetsAsConfigured) {
  PluginSettings settings;
  settings.config_json = R"({"greeting":"Salut"})";
  Host host({"hello_cpp"}, with("hello_cpp", settings));
  EXPECT_EQ(text_of(host.call("greet", R"({"name":"Zoë \"Z\""})")), "Salut, Zoë \"Z\"!");
  const auto nobody = host.call("greet", R"({"name":"nobody"})");
  EXPECT_TRUE(nobody.is_error);
  EXPECT_EQ(text_of(nobody), "There is nobody to greet.");
}

TEST(HelloCpp, AddsWithAStructuredAnswer) {
  Host host({"hello_cpp"});
  const auto outcome = host.call("add", R"({"numbers":[1,2,39]})");
  EXPECT_EQ(outcome.structured, R"({"sum":42})");
  EXPECT_EQ(text_of(outcome), R"({"sum":42})");
}

}  // namespace
}  // namespace mcph::plugins
