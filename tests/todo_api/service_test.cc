#include "todo_api/service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "base/json.h"
#include "schema/schema.h"
#include "support/fake_clock.h"
#include "todo_api/database.h"
#include "todo_api/fake_issuer.h"

namespace mcph::todo_api {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class ServiceTest : public ::testing::Test {
 protected:
  std::string token(std::string_view subject, std::string_view scope) const {
    return issuer_.sign({{"iss", FakeIssuer::kIssuer},
                         {"aud", "https://todo.example"},
                         {"sub", subject},
                         {"scope", scope},
                         {"exp", to_unix(clock_.now()) + 600}});
  }
  Response send(Method method, std::string target, std::string body = {},
                std::string_view content_type = "application/json") {
    Request request;
    request.method = method;
    request.target = std::move(target);
    request.body = std::move(body);
    if (!bearer_.empty()) request.headers.add("Authorization", "Bearer " + bearer_);
    if (!request.body.empty()) request.headers.add("Content-Type", content_type);
    return service_.answer(request);
  }
  static json::array todos(const Response& response) {
    return json::parse(response.body).at("todos").as_array();
  }
  std::string add(const std::string& text) {
    const auto response =
        send(Method::kPost, "/api/todos", to_json(json::object{{"todoText", text}}));
    EXPECT_EQ(response.status, 201) << response.body;
    return json::value_to<std::string>(todos(response).back().at("id"));
  }

  FakeIssuer issuer_;
  test::FakeClock clock_;
  Log log_{clock_, STDERR_FILENO, LogLevel::kError};
  SigningKeys keys_{FakeIssuer::kIssuer, issuer_, clock_};
  TokenVerifier tokens_{FakeIssuer::kIssuer, "https://todo.example", keys_, clock_};
  Database database_;
  std::unique_ptr<TodoStore> store_ = database_.make_store();
  Executor executor_{"test", 1, 10};
  Service service_{tokens_, *store_, nullptr, executor_, log_};
  std::string bearer_ = token("alice", "openid todo_api:read todo_api:write");
};

TEST_F(ServiceTest, CreatesListsTogglesAndDeletes) {
  const std::string id = add("buy milk");
  EXPECT_EQ(to_json(todos(send(Method::kGet, "/api/todos"))),
            R"([{"id":")" + id + R"(","text":"buy milk","completed":false}])");
  const auto toggled = send(Method::kPatch, "/api/todos/" + id, R"({"completed":true})");
  EXPECT_EQ(toggled.status, 200);
  EXPECT_EQ(todos(toggled).at(0).at("completed"), json::value(true));
  const auto deleted = send(Method::kDelete, "/api/todos/" + id);
  EXPECT_EQ(deleted.status, 200);
  EXPECT_TRUE(todos(deleted).empty());
}

TEST_F(ServiceTest, ChallengesWhoeverHasNoToken) {
  bearer_.clear();
  for (const auto* target : {"/api/todos", "/api/todos/1", "/", "/nothing"}) {
    const auto response = send(Method::kGet, target);
    EXPECT_EQ(response.status, 401);
    EXPECT_EQ(response.headers.find("WWW-Authenticate"), "Bearer realm=\"todo_api\"");
  }
}

TEST_F(ServiceTest, SaysWhyATokenIsRefused) {
  bearer_ += "x";
  const auto response = send(Method::kGet, "/api/todos");
  EXPECT_EQ(response.status, 401);
  EXPECT_THAT(std::string(*response.headers.find("WWW-Authenticate")),
              HasSubstr("error=\"invalid_token\""));
  EXPECT_THAT(response.body, HasSubstr("invalid_token"));
}

TEST_F(ServiceTest, TakesOnlyTheBearerScheme) {
  Request request;
  request.method = Method::kGet;
  request.target = "/api/todos";
  request.headers.add("Authorization", "Fooled " + bearer_);
  EXPECT_EQ(service_.answer(request).status, 401);
}

TEST_F(ServiceTest, DemandsTheScopeOfEachOperation) {
  const std::string id = add("x");
  bearer_ = token("alice", "todo_api:write todo_api:readonly");
  EXPECT_EQ(send(Method::kGet, "/api/todos").status, 403);
  bearer_ = token("alice", "todo_api:read");
  EXPECT_EQ(send(Method::kGet, "/api/todos").status, 200);
  const auto refused = send(Method::kPost, "/api/todos", R"({"todoText":"y"})");
  EXPECT_EQ(refused.status, 403);
  EXPECT_THAT(std::string(*refused.headers.find("WWW-Authenticate")),
              HasSubstr("error=\"insufficient_scope\", scope=\"todo_api:write\""));
  EXPECT_EQ(send(Method::kPatch, "/api/todos/" + id, R"({"completed":true})").status, 403);
  EXPECT_EQ(send(Method::kDelete, "/api/todos/" + id).status, 403);
  EXPECT_EQ(todos(send(Method::kGet, "/api/todos")).size(), 1u);
}

TEST_F(ServiceTest, KnowsNoOtherPathsAndMethods) {
  EXPECT_EQ(send(Method::kGet, "/").status, 404);
  EXPECT_EQ(send(Method::kGet, "/api/todos/").status, 404);
  EXPECT_EQ(send(Method::kDelete, "/api/todos/1/2").status, 404);
  EXPECT_EQ(send(Method::kDelete, "/api/todos/1%2f2").status, 404);
  EXPECT_EQ(send(Method::kDelete, "/api/todos/%00").status, 404);
  const auto list = send(Method::kPut, "/api/todos");
  EXPECT_EQ(list.status, 405);
  EXPECT_EQ(list.headers.find("Allow"), "GET, HEAD, POST");
  const auto item = send(Method::kGet, "/api/todos/1");
  EXPECT_EQ(item.status, 405);
  EXPECT_EQ(item.headers.find("Allow"), "PATCH, DELETE");
}

TEST_F(ServiceTest, RefusesBodiesThatAreNotWhatItAskedFor) {
  const auto post = [&](std::string body, std::string_view type = "application/json") {
    return send(Method::kPost, "/api/todos", std::move(body), type).status;
  };
  EXPECT_EQ(post(R"({"todoText":"a"})", "text/plain"), 415);
  EXPECT_EQ(post(""), 415);
  EXPECT_EQ(post(R"({"todoText":"a"})", "application/json; charset=utf-8"), 201);
  EXPECT_EQ(post(R"({"todoText":)"), 400);
  EXPECT_EQ(post("[]"), 422);
  EXPECT_EQ(post("{}"), 422);
  EXPECT_EQ(post(R"({"todoText":5})"), 422);
  EXPECT_EQ(post(R"({"todoText":" \n"})"), 422);
  EXPECT_EQ(post(R"({"todoText":"a\u0000b"})"), 422);
  EXPECT_EQ(post(to_json(json::object{{"todoText", std::string(kTextBytesMax + 1, 'a')}})), 422);
  EXPECT_EQ(post(to_json(json::object{{"todoText", std::string(kBodyBytesMax, 'a')}})), 413);
}

TEST_F(ServiceTest, TogglesOnlyWithATruthValue) {
  const std::string id = add("x");
  for (const auto* body :
       {R"({"completed":"true"})", R"({"completed":1})", "{}", R"({"completed":null})"}) {
    EXPECT_EQ(send(Method::kPatch, "/api/todos/" + id, body).status, 422) << body;
  }
  EXPECT_EQ(send(Method::kPatch, "/api/todos/none", R"({"completed":true})").status, 404);
  EXPECT_EQ(send(Method::kDelete, "/api/todos/none").status, 404);
}

TEST_F(ServiceTest, SaysUnavailableWhenADependencyIsAway) {
  database_.stop();
  const auto response = send(Method::kGet, "/api/todos");
  Database::start();
  EXPECT_EQ(response.status, 503);
  EXPECT_THAT(response.body, Not(HasSubstr("connection")));
  EXPECT_EQ(send(Method::kGet, "/api/todos").status, 200);
}

// The document that describes this service, read as a client of it would.
class DocumentTest : public ServiceTest {
 protected:
  static json::value load() {
    std::ifstream in(MCPH_TODO_API_DOCUMENT);
    return json::parse(std::string(std::istreambuf_iterator<char>(in), {}));
  }
  // Is the answer one the document tells of, and its body as it says?
  void expect_described(const Response& response, const json::object& operation) {
    const json::object& responses = operation.at("responses").as_object();
    const json::value* described = responses.if_contains(std::to_string(response.status));
    ASSERT_NE(described, nullptr) << response.status << " is not described";
    const std::string reference(described->at("$ref").as_string());
    const bool is_list = reference == "#/components/responses/TodoList";
    // The two schemas of the document, as one that the checker takes.
    json::object schema{{"$ref", is_list ? "#/$defs/TodoList" : "#/$defs/Error"}};
    std::string defs = json::serialize(document_.at("components").at("schemas"));
    constexpr std::string_view kFrom = "#/components/schemas/";
    for (auto at = defs.find(kFrom); at != defs.npos; at = defs.find(kFrom)) {
      defs.replace(at, kFrom.size(), "#/$defs/");
    }
    schema["$defs"] = json::parse(defs);
    const auto compiled = schema::Schema::compile(schema);
    ASSERT_TRUE(compiled.ok()) << compiled.error().message;
    EXPECT_EQ(compiled->check(json::parse(response.body)), std::nullopt) << response.body;
  }
  const json::object& operation(std::string_view path, std::string_view method) {
    return document_.at("paths").at(path).at(method).as_object();
  }
  // The scopes an operation needs by the document.
  std::string scope_of(const json::object& operation) {
    const json::value* own = operation.if_contains("security");
    const json::value& security = own != nullptr ? *own : document_.at("security");
    return std::string(security.at(0).at("pingone").at(0).as_string());
  }

  json::value document_ = load();
};

TEST_F(DocumentTest, DescribesEveryOperationAndNoOther) {
  std::size_t count = 0;
  for (const auto& [path, item] : document_.at("paths").as_object()) {
    for (const char* method : {"get", "post", "put", "patch", "delete"}) {
      count += item.as_object().contains(method) ? 1 : 0;
    }
  }
  EXPECT_EQ(count, 4u);
  const std::string id = add("x");
  const struct {
    Method method;
    const char *name, *path;
    std::string target, body;
  } calls[] = {
      {Method::kGet, "get", "/api/todos", "/api/todos", ""},
      {Method::kPost, "post", "/api/todos", "/api/todos", R"({"todoText":"y"})"},
      {Method::kPatch, "patch", "/api/todos/{todoId}", "/api/todos/" + id, R"({"completed":true})"},
      {Method::kDelete, "delete", "/api/todos/{todoId}", "/api/todos/" + id, ""},
  };
  const std::string bearer = bearer_;
  for (const auto& call : calls) {
    const json::object& described = operation(call.path, call.name);
    bearer_ = token("alice", "openid");
    const Response forbidden = send(call.method, call.target, call.body);
    EXPECT_EQ(forbidden.status, 403);
    expect_described(forbidden, described);
    bearer_ = token("alice", scope_of(described));
    const Response done = send(call.method, call.target, call.body);
    EXPECT_EQ(done.status / 100, 2) << done.body;
    expect_described(done, described);
    bearer_.clear();
    expect_described(send(call.method, call.target, call.body), described);
    bearer_ = bearer;
  }
}

TEST_F(DocumentTest, DescribesEveryRefusal) {
  const json::object& post = operation("/api/todos", "post");
  const std::string too_long(kTextBytesMax + 1, 'a'), huge(kBodyBytesMax + 1, 'a');
  for (const std::string& body : {std::string("{"), std::string("[]"), std::string("{}"),
                                  R"({"todoText":")" + too_long + "\"}", huge}) {
    expect_described(send(Method::kPost, "/api/todos", body), post);
  }
  expect_described(send(Method::kPost, "/api/todos", "x", "text/plain"), post);
  const json::object& patch = operation("/api/todos/{todoId}", "patch");
  expect_described(send(Method::kPatch, "/api/todos/none", R"({"completed":true})"), patch);
  expect_described(send(Method::kPatch, "/api/todos/none", "{}"), patch);
  expect_described(send(Method::kDelete, "/api/todos/none"),
                   operation("/api/todos/{todoId}", "delete"));
  // What the document allows, the service takes.
  const json::value& longest = document_.at("components")
                                   .at("schemas")
                                   .at("NewTodo")
                                   .at("properties")
                                   .at("todoText")
                                   .at("maxLength");
  EXPECT_EQ(static_cast<std::size_t>(longest.as_int64()), kTextBytesMax);
}

}  // namespace
}  // namespace mcph::todo_api
