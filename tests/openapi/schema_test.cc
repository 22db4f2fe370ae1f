// Schemas as they come out: JSON Schema 2020-12 that the host takes.
#include "openapi/schema.h"

#include "openapi/limits.h"
#include "openapi/pattern.h"
#include "openapi/support.h"
#include "schema/schema.h"

namespace openapi {
namespace {

std::string convert(const std::string& schema, const std::string& version = "3.0.3",
                    Direction direction = Direction::kRequest) {
  const Document document = make_document("{}", "{}", version);
  return SchemaMaker(document, direction).convert(Json::parse(schema)).write();
}

TEST(Schema, ConvertsWhatOpenApi30SaysDifferently) {
  const std::pair<const char*, const char*> cases[] = {
      {R"({"type":"string","nullable":true})", R"({"type":["string","null"]})"},
      {R"({"type":"string","nullable":false})", R"({"type":"string"})"},
      {R"({"nullable":true})", "{}"},
      {R"({"minimum":1,"exclusiveMinimum":true})", R"({"exclusiveMinimum":1})"},
      {R"({"minimum":1,"exclusiveMinimum":false})", R"({"minimum":1})"},
      {R"({"exclusiveMaximum":true,"maximum":9.5})", R"({"exclusiveMaximum":9.5})"},
      {R"({"example":{"a":1}})", R"({"examples":[{"a":1}]})"},
      {R"({"discriminator":{},"xml":{},"externalDocs":{},"x-more":1})", "{}"},
      {R"({"type":"integer","format":"int64","default":12345678901234567890})",
       R"({"type":"integer","format":"int64","default":12345678901234567890})"},
  };
  for (const auto& [in, out] : cases) EXPECT_EQ(convert(in), out) << in;
}

TEST(Schema, PassesWhatOpenApi31Says) {
  const std::pair<const char*, const char*> cases[] = {
      {R"({"type":["string","null"]})", R"({"type":["string","null"]})"},
      {R"({"exclusiveMinimum":1,"const":2})", R"({"exclusiveMinimum":1,"const":2})"},
      {R"({"type":"string","nullable":true})", R"({"type":"string"})"},
      {R"({"prefixItems":[{"type":"string"}],"items":false})",
       R"({"prefixItems":[{"type":"string"}],"items":false})"},
      {R"({"if":{"required":["a"]},"then":{"required":["b"]}})",
       R"({"if":{"required":["a"]},"then":{"required":["b"]}})"},
  };
  for (const auto& [in, out] : cases) EXPECT_EQ(convert(in, "3.1.0"), out) << in;
}

TEST(Schema, LeavesOutWhatIsNotAsItShouldBe) {
  const char* schema =
      R"({"type":"file","required":true,"enum":"a","minLength":-1,"maxLength":"5","items":[],)"
      R"("properties":[],"multipleOf":0,"pattern":5,"minItems":1.5,"allOf":[],"oneOf":{},)"
      R"("uniqueItems":"yes","additionalProperties":"no","description":7})";
  EXPECT_EQ(convert(schema), "{}");
}

TEST(Schema, KeepsNoPropertyThatTravelsTheOtherWay) {
  const std::string schema =
      R"({"required":["id","name","secret"],"properties":{"id":{"readOnly":true},)"
      R"("name":{},"secret":{"writeOnly":true}}})";
  EXPECT_EQ(convert(schema),
            R"({"required":["name","secret"],"properties":{"name":{},"secret":{}}})");
  EXPECT_EQ(convert(schema, "3.1.0", Direction::kResponse),
            R"({"required":["id","name"],"properties":{"id":{},"name":{}}})");
}

TEST(Schema, ResolvesReferencesOfAllKindsInDefs) {
  const Document document = make_document(
      "{}", R"({"schemas":{"Tree":{"properties":{"left":{"$ref":"#/components/schemas/Tree"},)"
            R"("n":{"$ref":"#/components/schemas/a~1b"}}},"a/b":{"type":"integer"},)"
            R"("c":{"Tree":{"type":"null"}}}})");
  SchemaMaker maker(document, Direction::kRequest);
  EXPECT_EQ(
      maker.convert(Json::parse(R"({"$ref":"#/components/schemas/Tree","type":"x"})")).write(),
      R"({"$ref":"#/$defs/Tree"})");
  EXPECT_EQ(maker.convert(Json::parse(R"({"$ref":"#/components/schemas/c/Tree"})")).write(),
            R"({"$ref":"#/$defs/Tree_2"})");
  EXPECT_EQ(
      maker.make_defs().write(),
      R"({"Tree":{"properties":{"left":{"$ref":"#/$defs/Tree"},"n":{"$ref":"#/$defs/a_1b"}}},)"
      R"("Tree_2":{"type":"null"},"a_1b":{"type":"integer"}})");
}

TEST(Schema, Keeps31sMembersBesideAReference) {
  const Document document = make_document("{}", R"({"schemas":{"A":{}}})", "3.1.0");
  SchemaMaker maker(document, Direction::kRequest);
  EXPECT_EQ(
      maker.convert(Json::parse(R"({"description":"d","$ref":"#/components/schemas/A"})")).write(),
      R"({"$ref":"#/$defs/A","description":"d"})");
}

TEST(Schema, RefusesWhatItCannotHold) {
  const auto refusal = [](const std::string& schema) {
    return refusal_of([&] { convert(schema, "3.1.0"); });
  };
  EXPECT_EQ(refusal(R"({"$id":"x"})"), "a schema has $id, which is not supported");
  EXPECT_EQ(refusal(R"({"items":{"$dynamicRef":"#x"}})"),
            "a schema has $dynamicRef, which is not supported");
  EXPECT_EQ(refusal("5"), "a schema is no object");
  std::string wide = R"({"anyOf":[{})";
  for (std::size_t i = 0; i < kSchemaPartsMax; ++i) wide += ",{}";
  EXPECT_EQ(refusal(wide + "]}"), "its schema has more than 4000 parts");
  const Document circle =
      make_document("{}", R"({"schemas":{"A":{"$ref":"#/components/schemas/A"}}})");
  SchemaMaker maker(circle, Direction::kRequest);
  maker.convert(Json::parse(R"({"$ref":"#/components/schemas/A"})"));
  EXPECT_EQ(refusal_of([&] { maker.make_defs(); }),
            "references lead in a circle: #/components/schemas/A");
}

TEST(Pattern, IsKeptWhereEveryValidatorAgrees) {
  for (const char* pattern :
       {"^[a-z]+$", "^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$", "a|b", "^(?:x)*y?$", "\\d{2,4}",
        "^[^/]+\\.[a-z]{2,}$", "^.*$", "[\\w.-]+", "^$"}) {
    // A group that is repeated by a count is for the validator to unroll, and left to the API.
    EXPECT_EQ(is_common_pattern(pattern),
              std::string_view(pattern).find("){") == std::string_view::npos)
        << pattern;
  }
  for (const char* pattern :
       {"(?=a)", "(?<!a)b", "(a)\\1", "\\p{L}", "[", "(a", "a)", "*a", "a{501}", "a{", "a**", "]",
        "[a[b]]", "\\", "[]", "\\Aa\\z", "(?i)a", "(a{100}){100}"}) {
    EXPECT_FALSE(is_common_pattern(pattern)) << pattern;
  }
  EXPECT_EQ(convert(R"({"pattern":"(?=a)b","description":"Odd."})"),
            R"({"description":"Odd. Pattern: (?=a)b"})");
}

TEST(Pattern, OnlyLetsThroughWhatTheHostTakes) {
  for (const char* pattern :
       {"^[a-z]+$", "a|b", "^(?:x)*y?$", "\\d{2,4}", "^[^/]+\\.[a-z]{2,}$", "[\\w.-]+", "^$",
        "a{500}", "(ab|c{3})+", "\\[\\]\\{\\}", "[a\\]b]", "a+?b"}) {
    ASSERT_TRUE(is_common_pattern(pattern)) << pattern;
    const std::string schema = Json::object().set("pattern", pattern).write();
    EXPECT_TRUE(mcph::schema::Schema::parse(schema).ok()) << pattern;
  }
}

}  // namespace
}  // namespace openapi
