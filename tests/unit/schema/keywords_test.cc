#include "support.h"

namespace mcph::schema {
namespace {

struct Row {
  const char* schema;
  const char* value;
  const char* answer;  // "valid" or the complaint
};

void check_all(std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    EXPECT_EQ(check(row.schema, row.value), row.answer) << row.schema << "  " << row.value;
  }
}

TEST(Schema, ChecksTypesAndNamesThePlace) {
  check_all({
      {R"({"properties":{"text":{"type":"string"}}})", R"({"text":1})", "/text: expected string"},
      {R"({"type":"object"})", "[]", "expected object"},
      {R"({"type":["string","null"]})", "null", "valid"},
      {R"({"type":["string","null"]})", "true", "expected string or null"},
      {R"({"type":"integer"})", "1.0", "valid"},
      {R"({"type":"integer"})", "1.5", "expected integer"},
      {R"({"type":"integer"})", "18446744073709551615", "valid"},
      {R"({"type":"number"})", "1.5", "valid"},
      {R"({"type":"number"})", "\"1\"", "expected number"},
      {"false", "1", "no value is allowed here"},
      {"true", "1", "valid"},
  });
}

TEST(Schema, WritesJsonPointersWithTheirEscapes) {
  check_all({
      {R"({"properties":{"a/b~c":{"items":{"type":"string"}}}})", R"({"a/b~c":["x",1]})",
       "/a~1b~0c/1: expected string"},
  });
}

TEST(Schema, ChecksNumbers) {
  check_all({
      {R"({"minimum":1})", "1", "valid"},
      {R"({"minimum":1})", "0.5", "too small"},
      {R"({"exclusiveMaximum":3})", "3", "too large"},
      {R"({"maximum":9007199254740993})", "9007199254740994", "too large"},
      {R"({"maximum":9007199254740993})", "9007199254740993", "valid"},
      {R"({"multipleOf":0.0001})", "0.0075", "valid"},
      {R"({"multipleOf":0.0001})", "0.00751", "not a multiple of what it should be"},
      {R"({"multipleOf":2})", "7", "not a multiple of what it should be"},
  });
}

TEST(Schema, CountsCodePointsNotBytes) {
  check_all({
      {R"({"maxLength":2})", R"("é€")", "valid"},
      {R"({"maxLength":1})", R"("💩")", "valid"},
      {R"({"minLength":2})", R"("💩")", "fewer than 2 characters"},
  });
}

TEST(Schema, ComparesValuesByMeaning) {
  check_all({
      {R"({"const":{"a":1,"b":[2]}})", R"({"b":[2.0],"a":1})", "valid"},
      {R"({"const":false})", "0", "not the one allowed value"},
      {R"({"enum":["x",null]})", "null", "valid"},
      {R"({"enum":["x",null]})", "\"y\"", "not one of the allowed values"},
      {R"({"uniqueItems":true})", "[1,true,\"1\"]", "valid"},
      {R"({"uniqueItems":true})", "[{\"a\":1,\"b\":2},{\"b\":2,\"a\":1.0}]", "items repeat"},
      {R"({"uniqueItems":true})", "[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,3.0]",
       "items repeat"},
  });
}

TEST(Schema, ChecksArrays) {
  check_all({
      {R"({"prefixItems":[{"type":"string"}],"items":{"type":"integer"}})", R"(["a",1,2])",
       "valid"},
      {R"({"prefixItems":[{"type":"string"}],"items":false})", R"(["a",1])",
       "/1: no value is allowed here"},
      {R"({"contains":{"type":"null"}})", "[1,null]", "valid"},
      {R"({"contains":{"type":"null"}})", "[1]", "fewer than 1 items of the kind it must contain"},
      {R"({"contains":{"type":"null"},"minContains":0})", "[1]", "valid"},
      {R"({"maxItems":1})", "[1,2]", "more than 1 items"},
  });
}

TEST(Schema, ChecksObjects) {
  check_all({
      {R"({"required":["text"]})", "{}", "missing property \"text\""},
      {R"({"properties":{"a":true},"additionalProperties":false})", R"({"a":1,"b":2})",
       "unexpected property \"b\""},
      {R"({"patternProperties":{"^x-":{"type":"string"}},"additionalProperties":false})",
       R"({"x-1":"y"})", "valid"},
      {R"({"patternProperties":{"^x-":{"type":"string"}}})", R"({"x-1":1})",
       "/x-1: expected string"},
      {R"({"propertyNames":{"maxLength":2}})", R"({"abc":1})",
       "a property may not be named \"abc\""},
      {R"({"dependentRequired":{"a":["b"]}})", R"({"a":1})", "missing property \"b\""},
      {R"({"dependentSchemas":{"a":{"minProperties":2}}})", R"({"a":1})",
       "fewer than 2 properties"},
      {R"({"maxProperties":0})", R"({"a":1})", "more than 0 properties"},
  });
}

TEST(Schema, CombinesSchemas) {
  check_all({
      {R"({"allOf":[{"minimum":1},{"maximum":2}]})", "3", "too large"},
      {R"({"anyOf":[{"type":"string"},{"minimum":2}]})", "1", "matches none of the allowed forms"},
      {R"({"oneOf":[{"minimum":1},{"maximum":2}]})", "1",
       "matches more than one of the forms that exclude each other"},
      {R"({"oneOf":[{"minimum":2},{"maximum":0}]})", "3", "valid"},
      {R"({"not":{"type":"string"}})", "\"a\"", "matches what it must not"},
      {R"({"if":{"minimum":10},"then":{"multipleOf":10},"else":{"type":"integer"}})", "25",
       "not a multiple of what it should be"},
      {R"({"if":{"minimum":10},"then":{"multipleOf":10},"else":{"type":"integer"}})", "5", "valid"},
  });
}

TEST(Schema, FollowsReferencesWithinTheDocument) {
  constexpr auto kTree = R"({"$id":"https://example.com/tree",
      "type":"object","properties":{"next":{"$ref":"#"},"n":{"$ref":"#/$defs/n"},
      "m":{"$ref":"#named"},"k":{"$ref":"https://example.com/tree#/$defs/a~1b"}},
      "$defs":{"n":{"type":"integer"},"x":{"$anchor":"named","type":"null"},
      "a/b":{"type":"string"}}})";
  check_all({
      {kTree, R"({"next":{"next":{"n":1}}})", "valid"},
      {kTree, R"({"next":{"next":{"n":"1"}}})", "/next/next/n: expected integer"},
      {kTree, R"({"m":1})", "/m: expected null"},
      {kTree, R"({"k":1})", "/k: expected string"},
  });
}

TEST(Schema, KnowsWhatNobodyHasEvaluated) {
  constexpr auto kObject = R"({"allOf":[{"properties":{"a":true}}],
      "anyOf":[{"properties":{"b":{"const":1}},"required":["b"]},{"properties":{"c":true}}],
      "unevaluatedProperties":false})";
  constexpr auto kArray = R"({"prefixItems":[true],"contains":{"type":"string"},
      "unevaluatedItems":{"type":"null"}})";
  check_all({
      {kObject, R"({"a":1,"b":1,"c":2})", "valid"},
      {kObject, R"({"a":1,"b":2,"c":2})", "unexpected property \"b\""},
      {kObject, R"({"d":1})", "unexpected property \"d\""},
      {kArray, R"([1,"x",null])", "valid"},
      {kArray, R"([1,"x",2])", "/2: expected null"},
  });
}

TEST(Schema, SaysWhetherItsRootIsAnObject) {
  EXPECT_TRUE(Schema::parse(R"({"type":"object"})")->wants_object());
  EXPECT_FALSE(Schema::parse(R"({"type":["object","null"]})")->wants_object());
  EXPECT_FALSE(Schema::parse("{}")->wants_object());
}

TEST(Schema, IgnoresAnnotationsAndUnknownKeywords) {
  EXPECT_TRUE(accepts(R"({"format":"email","x-order":1,"title":"t","deprecated":true})", "\"a\""));
}

}  // namespace
}  // namespace mcph::schema
