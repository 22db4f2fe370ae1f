// An API as tools: a document, the host's own registry, and an API that answers as told.
#include "support.h"

namespace mcph::plugins {
namespace {

constexpr const char* kDocument = R"(openapi: 3.0.3
info: {title: Pets, version: "1"}
paths:
  /pets/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      operationId: getPet
      summary: Shows a pet
      tags: [pets]
      security: [{login: ["pets:read"]}]
      parameters: [{name: fields, in: query, schema: {type: array, items: {type: string}}}]
    delete: {operationId: deletePet, tags: [pets], security: [{login: ["pets:write"]}]}
  /photos:
    post:
      operationId: addPhoto
      tags: [photos]
      requestBody: {content: {multipart/form-data: {}}}
    put:
      operationId: nameNode
      tags: [photos]
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: "#/components/schemas/Node"}}}
components:
  schemas:
    Node:
      properties: {name: {type: string, nullable: true}, next: {$ref: "#/components/schemas/Node"}}
      required: [name]
  securitySchemes:
    login: {type: oauth2, flows: {authorizationCode: {scopes: {"pets:read": See pets}}}}
)";

class OpenApi : public testing::Test {
 protected:
  OpenApi() {
    std::string pattern = std::filesystem::temp_directory_path() / "mcph-document-XXXXXX";
    close(mkstemp(pattern.data()));
    document = pattern;
    write(kDocument);
  }
  ~OpenApi() override { std::filesystem::remove(document); }

  void write(const std::string& text) { std::ofstream(document) << text; }
  PluginSettings settings(const std::string& members) const {
    return {.config_json = R"({"base_url":"https://pets.example/v1","document":")" + document +
                           "\"" + (members.empty() ? "" : "," + members) + "}",
            .allowed_hosts = {"pets.example"}};
  }
  std::unique_ptr<Host> start(const std::string& members) const {
    auto host = std::make_unique<Host>(std::vector<std::string>{"openapi"},
                                       with("openapi", settings(members)));
    host->scopes = {"pets:read", "pets:write"};
    return host;
  }
  static void answer(Host& host, int status, std::string body,
                     std::string_view content_type = "application/json") {
    host.http.answer = [=](const net::HttpRequest&) {
      net::HttpResponse response;
      response.status = status;
      response.body = body;
      response.headers.add("Content-Type", content_type);
      response.headers.add("Retry-After", "7");
      return response;
    };
  }

  std::string document;
};

TEST_F(OpenApi, MakesATool) {
  const auto host = start(R"("include":{"tags":["pets"]})");
  ASSERT_EQ(host->refusal(), "");
  const auto offers = host->registry->offers();
  ASSERT_EQ(offers->tools.items.size(), 2u);
  EXPECT_EQ(offers->tools.find("getPet")->definition,
            R"({"name":"getPet","title":"Shows a pet","description":"Shows a pet",)"
            R"("inputSchema":{"type":"object","properties":{"id":{"type":"string"},)"
            R"("fields":{"type":"array","items":{"type":"string"}}},"required":["id"],)"
            R"("additionalProperties":false},"annotations":{"title":"Shows a pet",)"
            R"("readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,)"
            R"("openWorldHint":false}})");
  EXPECT_EQ(offers->tools.find("deletePet")->scopes, std::vector<std::string>{"pets:write"});
  EXPECT_EQ(offers->scope_words.at("pets:read"), "See pets");
}

TEST_F(OpenApi, CallsAsTheUser) {
  const auto host = start(R"("include":{"tags":["pets"]},"answer_bytes_max":2048)");
  answer(*host, 200, R"({"name": "Rex"})");
  const auto outcome = host->call("getPet", R"({"id":"a/b","fields":["x","y"]})");
  EXPECT_FALSE(outcome.is_error);
  EXPECT_EQ(outcome.structured, R"({"name":"Rex"})");
  const net::HttpRequest& sent = host->http.requests.back();
  EXPECT_EQ(sent.url, "https://pets.example/v1/pets/a%2Fb?fields=x&fields=y");
  EXPECT_EQ(sent.authorization.reveal(), "Bearer secret-token-1");
  EXPECT_EQ(sent.response_bytes_max, 2048u);
  answer(*host, 204, "");
  EXPECT_EQ(text_of(host->call("deletePet", R"({"id":"1"})")),
            "Done: the API answered 204 without content.");
  EXPECT_EQ(host->http.requests.back().method, Method::kDelete);
}

TEST_F(OpenApi, RefreshesTheTokenThatTheApiRefuses) {
  const auto host = start(R"("include":{"tags":["pets"]})");
  host->http.answer = [&host](const net::HttpRequest& request) {
    net::HttpResponse response;
    response.status = request.authorization.reveal() == "Bearer secret-token-1" ? 401 : 200;
    response.headers.add("Content-Type", "application/json");
    response.body = "{}";
    return response;
  };
  EXPECT_FALSE(host->call("getPet", R"({"id":"1"})").is_error);
  EXPECT_EQ(host->tokens.refreshes, 1);
}

TEST_F(OpenApi, TellsTheModelWhatWentWrong) {
  const auto host = start(R"("include":{"tags":["pets"]})");
  answer(*host, 404, R"({"error":"no pet"})");
  const auto missing = host->call("getPet", R"({"id":"1"})");
  EXPECT_TRUE(missing.is_error);
  EXPECT_EQ(text_of(missing),
            R"(The API answered 404, there is no such thing: {"error":"no pet"})");
  answer(*host, 429, "");
  EXPECT_EQ(text_of(host->call("getPet", R"({"id":"1"})")),
            "The API answered 429, too many requests. Try again after 7 seconds.");
  EXPECT_EQ(text_of(host->call("getPet", R"({"id":".."})")), "id must not lead to another path");
  host->http.answer = [](const net::HttpRequest&) -> Result<net::HttpResponse> {
    return Error{Code::kLimit, "too large", {}};
  };
  EXPECT_EQ(text_of(host->call("getPet", R"({"id":"1"})")),
            "The API's answer has more than 262144 bytes: ask for less.");
}

TEST_F(OpenApi, RefusesWhatIsNamedAndCannotBeAToolAndLeavesOutWhatOnlyFits) {
  const auto named = start(R"("include":{"operations":["addPhoto"]})");
  EXPECT_EQ(named->refusal(),
            "its start() failed with status -9: operation addPhoto: its body is "
            "multipart/form-data; JSON, forms and plain text can be sent");
  const auto fits = start(R"("include":{"tags":["photos"]})");
  EXPECT_EQ(fits->refusal(), "");
  EXPECT_EQ(fits->registry->offers()->tools.items.size(), 1u);
  EXPECT_NE(fits->logged().find("left out: operation addPhoto"), std::string::npos);
}

TEST_F(OpenApi, ChecksArgumentsAgainstASchemaThatContainsItself) {
  const auto host = start(R"("include":{"operations":["nameNode"]})");
  answer(*host, 200, "[1]");
  const auto good =
      host->call("nameNode", R"({"name":null,"next":{"name":"a","next":{"name":"b"}}})");
  EXPECT_EQ(good.structured, "[1]");
  EXPECT_EQ(host->http.requests.back().body,
            R"({"name":null,"next":{"name":"a","next":{"name":"b"}}})");
  EXPECT_EQ(host->call("nameNode", R"({"name":"a","next":{"next":{}}})").kind, Kind::kBadArguments);
}

TEST_F(OpenApi, OffersNothingUntilItIsConfigured) {
  const Host host({"openapi"});
  EXPECT_EQ(host.refusal(), "");
  EXPECT_TRUE(host.registry->offers()->tools.items.empty());
  const Host half({"openapi"}, with("openapi", {.config_json = R"({"document":"x"})"}));
  EXPECT_NE(half.refusal().find("base_url"), std::string::npos) << half.refusal();
}

TEST_F(OpenApi, SaysWhyADocumentIsNoUse) {
  const std::string failed = "its start() failed with status -9: ";
  EXPECT_EQ(start("")->refusal(),
            failed + "no operation is chosen: name them in include or operations");
  write("swagger: '2.0'\n");
  EXPECT_EQ(start("")->refusal(),
            failed + "it is no OpenAPI 3.0 or 3.1 document: openapi is no text");
  std::filesystem::remove(document);
  EXPECT_EQ(start("")->refusal(), failed + "cannot open the document " + document);
}

TEST_F(OpenApi, IsSeveralApisUnderSeveralNames) {
  RegistrySettings all = with("openapi", settings(R"("include":{"tags":["pets"]})"));
  all.plugins["more_pets"] = settings(R"("include":{"tags":["pets"]},"tool_prefix":"more_")");
  all.plugins["more_pets"].allowed_hosts = {};
  Host host({"openapi>more_pets", "openapi"}, all);
  EXPECT_EQ(host.registry->offers()->tools.items.size(), 4u);
  host.scopes = {"pets:read"};
  answer(host, 200, "{}");
  EXPECT_FALSE(host.call("getPet", R"({"id":"1"})").is_error);
  EXPECT_EQ(text_of(host.call("more_getPet", R"({"id":"1"})")),
            "The host does not allow this address.");
}

}  // namespace
}  // namespace mcph::plugins
