// From an operation of a document to a tool.
#include "openapi/operation.h"

#include "mcph/abi.h"
#include "openapi/limits.h"
#include "openapi/support.h"

namespace openapi {
namespace {

std::string refusal(const std::string& members, const std::string& path = "/op",
                    const std::string& method = "get", const std::string& settings = "") {
  return refusal_of([&] { read_one(members, path, method, settings); });
}

TEST(Operation, TakesArgumentsFromEverywhere) {
  const Operation operation = read_one(
      R"("summary":"Change a pet","parameters":[)"
      R"({"name":"id","in":"path","required":true,"schema":{"type":"integer"}},)"
      R"({"name":"dry run","in":"query","description":"Only try.","schema":{"type":"boolean"}},)"
      R"({"name":"If-Match","in":"header","schema":{"type":"string"}}],)"
      R"("requestBody":{"required":true,"content":{"application/json":{"schema":{)"
      R"("type":"object","required":["name"],"properties":{"name":{"type":"string"},)"
      R"("tags":{"type":"array","items":{"type":"string"}}}}}}})",
      "/pets/{id}", "put");
  EXPECT_EQ(operation.tool, "op");
  EXPECT_EQ(operation.title, "Change a pet");
  EXPECT_EQ(operation.input_schema,
            R"({"type":"object","properties":{"id":{"type":"integer"},)"
            R"("dry_run":{"type":"boolean","description":"Only try."},)"
            R"("If-Match":{"type":"string"},"name":{"type":"string"},)"
            R"("tags":{"type":"array","items":{"type":"string"}}},"required":["id","name"],)"
            R"("additionalProperties":false})");
}

TEST(Operation, SettlesClashesOfNamesByPlace) {
  const Operation operation =
      read_one(R"("parameters":[{"name":"id","in":"header"},{"name":"id","in":"query"},)"
               R"({"name":"id","in":"path","required":true}],)"
               R"("requestBody":{"required":true,"content":{"application/json":{"schema":{)"
               R"("properties":{"id":{},"$filter[x]":{}}}}}})",
               "/pets/{id}", "post");
  EXPECT_EQ(operation.input_schema,
            R"({"type":"object","properties":{"header_id":{},"query_id":{},"id":{},"body_id":{},)"
            R"("filter_x":{}},"required":["id"],"additionalProperties":false})");
  EXPECT_EQ(refusal(R"("parameters":[{"name":"a","in":"path"},{"name":"a!","in":"query"},)"
                    R"({"name":"a?","in":"query"}])",
                    "/{a}"),
            "two of its arguments would be called query_a");
}

TEST(Operation, HasTheHintsOfItsMethodUnlessTheOperatorKnowsBetter) {
  const auto flags = [](const std::string& method, const std::string& change = "{}") {
    return read_one("", "/op", method, R"("operations":{"op":)" + change + "}").flags &
           ~MCPH_NEEDS_UPSTREAM;
  };
  EXPECT_EQ(flags("get"), MCPH_READ_ONLY | MCPH_IDEMPOTENT);
  EXPECT_EQ(flags("put"), MCPH_DESTRUCTIVE | MCPH_IDEMPOTENT);
  EXPECT_EQ(flags("delete"), MCPH_DESTRUCTIVE | MCPH_IDEMPOTENT);
  EXPECT_EQ(flags("post"), MCPH_DESTRUCTIVE);
  EXPECT_EQ(flags("patch"), MCPH_DESTRUCTIVE);
  EXPECT_EQ(flags("post", R"({"destructive":false})"), 0u);
  EXPECT_EQ(flags("post", R"({"read_only":true,"idempotent":true})"),
            MCPH_READ_ONLY | MCPH_IDEMPOTENT);
  EXPECT_EQ(refusal("", "/op", "get", R"("operations":{"op":{"destructive":true}})"),
            "it cannot be read-only and destructive at once");
  EXPECT_TRUE(read_one("").flags & MCPH_NEEDS_UPSTREAM);
}

TEST(Operation, IsDescribedInTheWordsOfTheDocumentOrTheOperator) {
  EXPECT_EQ(read_one("").description, "GET /op");
  EXPECT_EQ(read_one(R"("summary":"S")").description, "S");
  const Operation both = read_one(R"("summary":"S","description":"D")");
  EXPECT_EQ(both.title + both.description, "SD");
  const Operation changed = read_one(
      R"("summary":"S","description":"D")", "/op", "get",
      R"("tool_prefix":"pets.","operations":{"op":{"tool":"list","title":"T","description":"X"}})");
  EXPECT_EQ(changed.tool + changed.title + changed.description, "pets.listTX");
  const std::string longest =
      read_one("\"description\":\"" + std::string(5000, 'x') + '"').description;
  EXPECT_EQ(longest.size(), kDescriptionBytesMax);
  EXPECT_TRUE(longest.ends_with("xxx..."));
}

TEST(Operation, NeedsTheScopesOfTheFirstAlternativeThatIsOAuthAlone) {
  const char* components =
      R"({"securitySchemes":{"p":{"type":"oauth2","flows":{"authorizationCode":{"scopes":)"
      R"({"a":"Do A","b":""}}}},"o":{"type":"openIdConnect"},"key":{"type":"apiKey"}}})";
  const auto scope = [&](const std::string& security, const std::string& settings = "") {
    return read_one("\"security\":" + security, "/op", "get", settings, components).scope;
  };
  EXPECT_EQ(scope(R"([{"p":["a","b"]}])"), "a b");
  EXPECT_EQ(scope(R"([{"key":[]},{"p":["b"],"o":["c","b"]},{"p":["a"]}])"), "b c");
  EXPECT_EQ(scope(R"([{"p":["a"],"key":[]}])"), "");
  EXPECT_EQ(scope(R"([{"p":["a"]},{}])"), "");
  EXPECT_EQ(scope("[]"), "");
  EXPECT_EQ(scope(R"([{"p":["a"]}])", R"("scopes":"none")"), "");
  EXPECT_EQ(scope(R"([{"p":["a"]}])", R"("operations":{"op":{"scope":"mine"}})"), "mine");
  const Operation words = read_one(R"("security":[{"p":["a","b"]}])", "/op", "get", "", components);
  EXPECT_EQ(words.scope_words, (std::map<std::string, std::string>{{"a", "Do A"}}));
  EXPECT_EQ(refusal_of([&] { scope(R"([{"p":["no scope"]}])"); }),
            "its security names what is no scope");
  EXPECT_EQ(refusal_of([&] { scope(R"([{"q":[]}])"); }), "its security names an unknown scheme q");
}

TEST(Operation, SendsBodiesItCanWriteAndRefusesOthers) {
  const auto body = [](const std::string& content,
                       const std::string& more = R"(,"required":true)") {
    return read_one(R"("requestBody":{"content":)" + content + more + "}", "/op", "post").body;
  };
  const auto plain = R"({"schema":{"properties":{"a":{}}}})";
  EXPECT_EQ(body(std::string(R"({"multipart/form-data":{},"text/plain":{},"application/json":)") +
                 plain + "}")
                .kind,
            BodyKind::kJson);
  EXPECT_EQ(body(R"({"application/merge-patch+json; charset=utf-8":{}})").media_type,
            "application/merge-patch+json");
  EXPECT_EQ(body(R"({"text/plain":{}})").argument, "body");
  EXPECT_EQ(body(std::string(R"({"application/x-www-form-urlencoded":)") + plain + "}")
                .members[0]
                .argument,
            "a");
  const auto refused = [](const std::string& content) {
    return refusal(R"("requestBody":{"content":)" + content + "}", "/op", "post");
  };
  EXPECT_EQ(refused(R"({"multipart/form-data":{}})"),
            "its body is multipart/form-data; JSON, forms and plain text can be sent");
  EXPECT_EQ(refused("{}"), "its body is nothing; JSON, forms and plain text can be sent");
  EXPECT_EQ(refused(R"({"application/x-www-form-urlencoded":{}})"),
            "its body is a form whose members the document does not list");
  EXPECT_EQ(refusal(R"("requestBody":{"content":{}})"), "it is a GET with a body");
}

TEST(Operation, MakesAMemberAnArgumentOnlyWhereThatLosesNothing) {
  const auto members = [](const std::string& schema, bool required) {
    return read_one(R"("requestBody":{"content":{"application/json":{"schema":)" + schema +
                        R"(}},"required":)" + (required ? "true" : "false") + "}",
                    "/op", "post")
        .body.members.size();
  };
  EXPECT_EQ(members(R"({"properties":{"a":{},"b":{"readOnly":true}},"required":["a"]})", true), 1u);
  EXPECT_EQ(members(R"({"properties":{"a":{}}})", false), 1u);
  EXPECT_EQ(members(R"({"properties":{"a":{}},"required":["a"]})", false), 0u);
  for (const char* more : {R"("allOf":[{}])", R"("minProperties":1)", R"("nullable":true)",
                           R"("additionalProperties":{"type":"string"})", R"("enum":[{}])"}) {
    EXPECT_EQ(members(std::string(R"({"type":"object","properties":{"a":{}},)") + more + "}", true),
              0u)
        << more;
  }
}

TEST(Operation, RefusesPathsThatDoNotFitTheirParameters) {
  EXPECT_EQ(refusal("", "/pets/{id}"), "it does not describe every parameter of its path");
  EXPECT_EQ(refusal(R"("parameters":[{"name":"id","in":"path"}])"), "its path has no {id}");
  EXPECT_EQ(refusal("", "/a/../b"), "the path /a/../b has a . or .. in it");
  EXPECT_EQ(refusal("", "/a/%2e%2E/b"), "the path /a/%2e%2E/b has a . or .. in it");
  EXPECT_EQ(refusal("", "/a?b=c"), "the path /a?b=c has a character that paths do not have");
  EXPECT_EQ(refusal("", "/a/{id"), "the path /a/{id has an unfinished parameter");
  EXPECT_EQ(refusal("", "pets"), "the path pets does not begin with a slash");
}

TEST(Operation, LeavesToTheHostWhatIsTheHosts) {
  const auto with = [](const char* name, const char* in, bool required) {
    return std::string(R"("parameters":[{"name":")") + name + R"(","in":")" + in +
           R"(","required":)" + (required ? "true" : "false") + "}]";
  };
  for (const char* name : {"Authorization", "Accept", "content-type"}) {
    EXPECT_TRUE(read_one(with(name, "header", true)).parameters.empty()) << name;
  }
  for (const char* name : {"Host", "Cookie", "X-Forwarded-For", "proxy-x", "Sec-Fetch-Site",
                           "X-HTTP-Method-Override", "Content-Length"}) {
    EXPECT_TRUE(read_one(with(name, "header", false)).parameters.empty()) << name;
    EXPECT_EQ(refusal(with(name, "header", true)),
              std::string("its parameter ") + name + " is required, and not for a model to set");
  }
  EXPECT_TRUE(read_one(with("session", "cookie", false)).parameters.empty());
  EXPECT_EQ(refusal(with("session", "cookie", true)),
            "its parameter session is required, and not for a model to set");
  EXPECT_EQ(refusal(with("a b", "header", false)), "its parameter a b is no name of a header");
  EXPECT_EQ(refusal(with("a", "matrix", false)),
            "its parameter a is neither in the path nor in the query nor in a header");
}

TEST(Operation, TakesTheOwnParameterForThatOfThePath) {
  const Document document = make_document(
      R"({"/op":{"parameters":[{"name":"a","in":"query","schema":{"type":"string"}},)"
      R"({"$ref":"#/components/parameters/b"}],)"
      R"("get":{"operationId":"op","parameters":[{"name":"a","in":"query","required":true}]}}})",
      R"({"parameters":{"b":{"name":"b","in":"query"}}})");
  const Operation operation =
      read_operation(document, find_operations(document).at(0), make_settings());
  EXPECT_EQ(operation.input_schema,
            R"({"type":"object","properties":{"a":{},"b":{}},"required":["a"],)"
            R"("additionalProperties":false})");
}

TEST(Operation, RenamesArgumentsAsTheOperatorLikes) {
  const std::string parameters =
      R"("parameters":[{"name":"a","in":"query"},{"name":"b","in":"query"}])";
  const auto rename = [](const std::string& names) {
    return R"("operations":{"op":{"arguments":)" + names + "}}";
  };
  const Operation swapped = read_one(parameters, "/op", "get", rename(R"({"a":"b","b":"a"})"));
  EXPECT_EQ(swapped.parameters[0].argument + swapped.parameters[1].argument, "ba");
  EXPECT_EQ(refusal(parameters, "/op", "get", rename(R"({"x":"c"})")),
            "it has no argument c to rename");
  EXPECT_EQ(refusal(parameters, "/op", "get", rename(R"({"a":"b"})")),
            "two of its arguments would be called a");
}

TEST(Operation, PromisesAnAnswerOnlyOnRequest) {
  const std::string responses =
      R"("responses":{"404":{},"200":{"content":{"text/html":{},"application/json":{"schema":)"
      R"({"type":"object","properties":{"id":{},"p":{"writeOnly":true}}}}}}})";
  EXPECT_EQ(read_one(responses).output_schema, "");
  const std::string asked = R"("operations":{"op":{"output_schema":true}})";
  EXPECT_EQ(read_one(responses, "/op", "get", asked).output_schema,
            R"({"type":"object","properties":{"id":{}}})");
  EXPECT_EQ(refusal(R"("responses":{"204":{}})", "/op", "get", asked),
            "the document has no schema of its answer");
  EXPECT_EQ(refusal(responses, "/op", "get",
                    R"("operations":{"op":{"output_schema":true,"pick":"/id"}})"),
            "output_schema is for whole answers, and pick or fields change it");
}

TEST(Operation, HasLimits) {
  std::string parameters = R"("parameters":[)";
  for (std::size_t i = 0; i <= kParametersMax; ++i) {
    parameters += (i > 0 ? "," : "") + (R"({"in":"query","name":"p)" + std::to_string(i)) + "\"}";
  }
  EXPECT_EQ(refusal(parameters + "]"), "it has more than 64 parameters");
  std::string values = R"("parameters":[{"name":"a","in":"query","schema":{"enum":[0)";
  for (int i = 0; i < 20'000; ++i) values += ",10000";
  EXPECT_EQ(refusal(values + "]}}]").substr(0, 27), "its input schema has 120078");
  EXPECT_EQ(refusal(R"("parameters":[{"name":")" + std::string(200, 'x') + R"(","in":"query"}])"),
            "a parameter has no name of 1 to 128 bytes");
}

TEST(Choice, TakesWhatIsNamedAndWhatFitsAndLeavesOutTheRest) {
  const Document document = make_document(
      R"({"/a":{"get":{"operationId":"listA","tags":["a"]},"post":{"tags":["a"]},)"
      R"("delete":{"operationId":"old","tags":["a"],"deprecated":true},"head":{},"options":{}},)"
      R"("x-y":{"get":{}},"/b":{"get":{"operationId":"listB","tags":["b"]}}})");
  const auto chosen = [&](const std::string& settings) {
    std::string ids;
    for (const auto& operation :
         choose_operations(find_operations(document), make_settings(settings))) {
      ids += (ids.empty() ? "" : " ") + operation.id;
    }
    return ids;
  };
  EXPECT_EQ(chosen(R"("include":{"methods":["GET"]})"), "listA listB");
  EXPECT_EQ(chosen(R"("include":{"tags":["a"]})"), "listA post_a");
  EXPECT_EQ(chosen(R"("include":{"tags":["a"],"methods":["GET"]})"), "listA");
  EXPECT_EQ(chosen(R"("include":{"operations":["old"]},"operations":{"listB":{}})"), "old listB");
  EXPECT_EQ(
      chosen(
          R"("include":{"methods":["GET","POST"]},"exclude":{"tags":["b"],"operations":["listA"]})"),
      "post_a");
  EXPECT_EQ(refusal_of([&] { chosen(""); }),
            "no operation is chosen: name them in include or operations");
  EXPECT_EQ(refusal_of([&] { chosen(R"("include":{"operations":["lista"]})"); }),
            "the document has no operation lista");
  EXPECT_EQ(refusal_of([&] { chosen(R"("exclude":{"operations":["x"]})"); }),
            "the document has no operation x");
  const Document twice =
      make_document(R"({"/a":{"get":{"operationId":"x"}},"/b":{"get":{"operationId":"x"}}})");
  EXPECT_EQ(refusal_of([&] { find_operations(twice); }), "two operations are called x");
}

}  // namespace
}  // namespace openapi
