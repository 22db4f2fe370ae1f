// What is a document, and what is refused before anything is made of it.
#include "openapi/document.h"

#include "openapi/from_yaml.h"
#include "openapi/limits.h"
#include "openapi/operations.h"
#include "openapi/support.h"

namespace openapi {
namespace {

std::string refusal(const std::string& text) {
  return refusal_of([&] { Document::parse(text); });
}

TEST(Document, TakesBothVersionsAndNoOther) {
  EXPECT_TRUE(Document::parse(R"({"openapi":"3.0.4"})").is_3_0());
  EXPECT_FALSE(Document::parse(R"({"openapi":"3.1.1"})").is_3_0());
  const std::string refused = "it is no OpenAPI 3.0 or 3.1 document: openapi is ";
  EXPECT_EQ(refusal(R"({"swagger":"2.0"})"), refused + "no text");
  EXPECT_EQ(refusal(R"({"openapi":"3.2.0"})"), refused + "3.2.0");
  EXPECT_EQ(refusal(R"({"openapi":3.0})"), refused + "no text");
  EXPECT_EQ(refusal("[]"), refused + "no text");
  EXPECT_EQ(refusal(R"({"openapi":"3.1.0","jsonSchemaDialect":"https://other.example"})"),
            "its jsonSchemaDialect is not known");
}

TEST(Document, ReadsYamlAsTheJsonItMeans) {
  const auto json = [](const std::string& yaml) { return make_json_of_yaml(yaml, 1000); };
  EXPECT_EQ(json("openapi: 3.0.3\nx: [1, -2.5e3, 010, true, False, ~, null, 'null', no, .inf]\n"),
            R"({"openapi":"3.0.3","x":[1,-2.5e3,"010",true,false,null,null,"null","no",".inf"]})");
  EXPECT_EQ(json("200: a\n\"b\\n\": |\n  two\n  lines\nc: {}\nd: []\ne:\n"),
            R"({"200":"a","b\n":"two\nlines\n","c":{},"d":[],"e":null})");
  EXPECT_EQ(json("a: &x {b: 1}\nc: *x\nd: [*x, *x]\n"),
            R"({"a":{"b":1},"c":{"b":1},"d":[{"b":1},{"b":1}]})");
  EXPECT_TRUE(Document::parse("openapi: 3.1.0\npaths: {}\n").root().at("paths").is_object());
}

TEST(Document, RefusesYamlThatIsNoJson) {
  const std::pair<const char*, const char*> cases[] = {
      {"a: *x\n", "alias *x stands for nothing yet"},
      {"a: &x [*x]\n", "alias *x stands for nothing yet"},
      {"a: {<<: {b: 1}}\n", "merge keys (<<) are not supported"},
      {"[a]: 1\n", "a key is no text"},
      {"a: !!python/object 1\n", "tags are not supported: tag:yaml.org,2002:python/object"},
      {"a: 1\n---\nb: 2\n", "the file has a second document"},
      {"", "the document is empty"},
  };
  for (const auto& [yaml, why] : cases) {
    EXPECT_EQ(refusal_of([&] { make_json_of_yaml(yaml, 1000); }), why) << yaml;
  }
  EXPECT_TRUE(refusal("a: [1\n").starts_with("the document is neither JSON nor YAML: line "));
}

TEST(Document, StopsABombOfAliases) {
  std::string bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
    for (int n = 0; n < 9; ++n) bomb += ", " + before;
    bomb += "]\n";
  }
  EXPECT_EQ(refusal(bomb), "the document has more than 8388608 bytes as JSON");
}

TEST(Document, HasLimits) {
  EXPECT_EQ(refusal(std::string(kDocumentBytesMax + 1, ' ')),
            "the document has more than 8388608 bytes");
  EXPECT_EQ(refusal("{\"a\":[" + std::string(kDocumentValuesMax, ',')),
            "the document has more than 1000000 values");
  EXPECT_EQ(refusal("{\"a\":" + std::string(100, '[')),
            "the document is not JSON: JSON: nested too deeply");
  EXPECT_EQ(refusal("{\"a\":\"\xc0\x80\"}"), "the document is not UTF-8");
  EXPECT_EQ(refusal("a: " + std::string(100, '[')), "the document is nested too deeply");
  std::string many = "{";
  for (std::size_t i = 0; i < 10'000; ++i) {
    many += (i > 0 ? "," : "") + ("\"/" + std::to_string(i)) + R"(":{"get":{}})";
  }
  const Document document = make_document(many + "}");
  EXPECT_EQ(refusal_of([&] { find_operations(document); }),
            "the document has more than 5000 operations");
}

TEST(Document, FollowsReferencesWithinItselfOnly) {
  const Document document = Document::parse(
      R"({"openapi":"3.0.0","a/b":{"c~d":[1,{"x":"y"}]},"r":{"$ref":"#/s"},"s":{"$ref":"#/a~1b/c~0d/1"},)"
      R"("o":{"$ref":"#/p"},"p":{"$ref":"#/o"},"sp ace":{"z":1}})");
  EXPECT_EQ(document.get("#/a~1b/c~0d/1").write(), R"({"x":"y"})");
  EXPECT_EQ(document.get("#/sp%20ace/z").write(), "1");
  EXPECT_EQ(document.resolve(document.root().at("r")).write(), R"({"x":"y"})");
  const auto get = [&](const char* reference) {
    return refusal_of([&] { document.get(reference); });
  };
  EXPECT_EQ(get("other.json#/a"), "it refers to another document: other.json#/a");
  EXPECT_EQ(get("https://x.example/"), "it refers to another document: https://x.example/");
  EXPECT_EQ(get("#/nothing"), "a reference leads nowhere: #/nothing");
  EXPECT_EQ(get("#/a~1b/c~0d/7"), "a reference leads nowhere: #/a~1b/c~0d/7");
  EXPECT_EQ(get("#anchor"), "a reference is no pointer: #anchor");
  EXPECT_EQ(refusal_of([&] { document.resolve(document.root().at("o")); }),
            "references lead in a circle: #/p");
}

}  // namespace
}  // namespace openapi
