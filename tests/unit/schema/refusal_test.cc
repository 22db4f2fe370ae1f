// Schemas that could not be enforced are refused when a plugin is loaded, with the place.
#include "support.h"

namespace mcph::schema {
namespace {

std::string refusal(std::string_view schema) {
  auto compiled = Schema::parse(schema);
  return compiled.ok() ? "accepted" : compiled.error().message;
}

TEST(SchemaRefusal, NamesThePlaceAndTheReason) {
  EXPECT_EQ(refusal(R"({"properties":{"a":{"type":"strnig"}}})"),
            "schema /properties/a/type: unknown type");
  EXPECT_EQ(refusal(R"s({"pattern":"(?=a)"})s"), "schema /pattern: look-around is not supported");
  EXPECT_EQ(refusal(R"({"items":[{}]})"), "schema /items: a schema is an object or a boolean");
  EXPECT_EQ(refusal(R"({"$ref":"https://example.com/s"})"),
            "schema /$ref: a reference must stay within the schema");
  EXPECT_EQ(refusal(R"({"$ref":"#/$defs/none"})"), "schema /$ref: the reference leads nowhere");
  EXPECT_EQ(refusal(R"({"$schema":"http://json-schema.org/draft-07/schema#"})"),
            "schema /$schema: only JSON Schema 2020-12 is supported");
}

TEST(SchemaRefusal, CoversEveryKeywordOfTheWrongKind) {
  for (const char* schema : {"1",
                             "null",
                             "[]",
                             R"({"type":[]})",
                             R"({"type":1})",
                             R"({"enum":1})",
                             R"({"minimum":"1"})",
                             R"({"multipleOf":0})",
                             R"({"minLength":-1})",
                             R"({"maxLength":1.5})",
                             R"({"pattern":1})",
                             R"({"uniqueItems":1})",
                             R"({"allOf":[]})",
                             R"({"anyOf":{}})",
                             R"({"properties":[]})",
                             R"({"properties":{"a":1}})",
                             R"({"required":"a"})",
                             R"({"required":[1]})",
                             R"({"patternProperties":{"(":{}}})",
                             R"({"dependentRequired":[]})",
                             R"({"dependentRequired":{"a":"b"}})",
                             R"({"$defs":{"a":1}})",
                             R"({"$ref":1})",
                             R"({"$dynamicRef":"#a"})",
                             R"({"$dynamicRef":1})",
                             R"({"dependencies":[]})",
                             R"({"dependencies":{"a":"b"}})",
                             R"({"properties":{"a":{"$id":"x"}}})",
                             "{",
                             ""}) {
    EXPECT_NE(refusal(schema), "accepted") << schema;
  }
}

TEST(SchemaRefusal, AcceptsTheDialectItKnowsByName) {
  EXPECT_EQ(refusal(R"({"$schema":"https://json-schema.org/draft/2020-12/schema"})"), "accepted");
}

}  // namespace
}  // namespace mcph::schema
