// Resources and their templates: how they are listed, found and read.
#include "support.h"

namespace mcph::plugins {
namespace {

TEST(Resource, IsListedWithItsMembersAndMore) {
  const Host host({"notes"});
  const auto offers = host.registry->offers();
  ASSERT_EQ(offers->resources.items.size(), 1u);
  ASSERT_EQ(offers->templates.items.size(), 1u);
  EXPECT_EQ(offers->resources.items[0].name, "note://index");
  EXPECT_EQ(offers->resources.items[0].definition,
            R"({"uri":"note://index","name":"index","description":"The names of all notes.",)"
            R"("mimeType":"text/plain","annotations":{"audience":["user"],"priority":5E-1}})");
  EXPECT_EQ(offers->templates.items[0].name, "note://by-name/{name}");
  EXPECT_EQ(offers->templates.items[0].definition,
            R"({"uriTemplate":"note://by-name/{name}","name":"note","description":"One note.",)"
            R"("mimeType":"text/plain"})");
}

TEST(Resource, IsFoundByItsUriFirstAndByATemplateThen) {
  Host host({"shelf"});
  EXPECT_EQ(host.read("shelf://a/fixed").content,
            R"([{"uri":"shelf://a/fixed","mimeType":"text/plain","text":"fixed {}"}])");
  EXPECT_EQ(host.read("shelf://a/b%20c").content,
            R"([{"uri":"shelf://a/b%20c","mimeType":"text/plain",)"
            R"("text":"first {\"id\":\"b c\"}"}])");
  EXPECT_EQ(host.read("shelf://a/b/c").content,
            R"([{"uri":"shelf://a/b/c","mimeType":"text/plain",)"
            R"("text":"second {\"path\":\"b/c\"}"}])");
}

TEST(Resource, IsUnknownWhenNothingFits) {
  Host host({"shelf", "notes"});
  for (const char* uri : {"shelf://b/x", "shelf://a/%2e%2e", "shelf://a/../x", "shelf://a/a%00b",
                          "note://by-name/", "not a uri", "", "note://by-name/a b"}) {
    EXPECT_EQ(host.read(uri).kind, Kind::kUnknown) << uri;
  }
}

TEST(Resource, NeedsItsScope) {
  Host host({"shelf"});
  EXPECT_EQ(host.read("shelf://secret").kind, Kind::kFailed);
  host.scopes = {"shelf:read"};
  EXPECT_EQ(host.read("shelf://secret").kind, Kind::kResult);
  EXPECT_EQ(host.registry->offers()->resources.find("shelf://secret")->scopes,
            std::vector<std::string>{"shelf:read"});
}

TEST(Resource, ThatAnswersWronglyIsAFaultOfItsPlugin) {
  for (const char* name :
       {"wrong_contents", "two_contents", "structured_resource", "silent_resource"}) {
    Host host({std::string("faulty/") + name});
    const auto outcome = host.read(std::string("test://") + name);
    EXPECT_EQ(outcome.kind, Kind::kFailed) << name;
    EXPECT_EQ(host.registry->faults(), 1u) << name;
  }
}

TEST(Resource, OfSomebodyElseIsNotAnnouncedAndTablesStandNonsense) {
  Host host({"faulty/oversteps", "notes"});
  EXPECT_EQ(text_of(host.call("oversteps")), "hello");
  EXPECT_TRUE(host.announcer.announced().empty());
}

TEST(Resource, CompletesTheVariablesOfItsTemplate) {
  Host host({"shelf"});
  const auto ask = [&](const char* name, const char* arguments) {
    return host.ask(mcp::Action::kCompleteResource, name, arguments);
  };
  EXPECT_EQ(ask("shelf://a/{id}", R"({"argument":{"name":"id","value":"x"}})").structured,
            R"({"values":["shelf://a/{id} {\"argument\":{\"name\":\"id\",\"value\":\"x\"},)"
            R"(\"ref\":\"resource\"}"]})");
  EXPECT_EQ(ask("shelf://a/{id}", R"({"argument":{"name":"no","value":"x"}})").kind,
            Kind::kInvalidParams);
  EXPECT_EQ(ask("shelf://a/fixed", R"({"argument":{"name":"id","value":"x"}})").kind,
            Kind::kUnknown);
}

}  // namespace
}  // namespace mcph::plugins
