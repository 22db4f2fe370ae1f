// The five tools of the demo against an API that answers as told.
#include "support.h"

namespace mcph::plugins {
namespace {

class TodoApi : public testing::Test {
 protected:
  TodoApi()
      : host({"todo_api"}, with("todo_api", {.config_json = R"({"base_url":"https://t.example/"})",
                                             .allowed_hosts = {"t.example"}})) {
    EXPECT_EQ(host.refusal(), "");
  }
  void answer(int status, std::string body) {
    host.http.answer = [status, body](const net::HttpRequest&) {
      net::HttpResponse response;
      response.status = status;
      response.body = body;
      return response;
    };
  }
  const net::HttpRequest& sent() { return host.http.requests.back(); }

  Host host;
};

TEST_F(TodoApi, OffersTheFiveToolsUnderTheirNames) {
  std::vector<std::string> names;
  for (const auto& tool : host.registry->offers()->tools.items) names.push_back(tool.name);
  EXPECT_EQ(names, (std::vector<std::string>{"create_new_todo", "deleteTodo", "get_my_todo_list",
                                             "toggle_todo_status", "who_am_I"}));
}

TEST_F(TodoApi, WhoAmIShowsClaimsAndExpiryAndNoToken) {
  const std::string text = text_of(host.call("who_am_I"));
  EXPECT_EQ(text,
            "{\n  \"iss\": \"https://auth.example.com\",\n  \"sub\": \"ada\",\n"
            "  \"client_id\": \"client\",\n  \"scope\": \"tools\",\n  \"claims\": {\n"
            "    \"email\": \"ada@example.com\"\n  },\n"
            "  \"upstream_expires_at\": 1900000000\n}");
}

TEST_F(TodoApi, ListsAsPrettyJson) {
  answer(200, R"({"todos":[{"id":"1","text":"é \" \\","completed":false}]})");
  EXPECT_EQ(text_of(host.call("get_my_todo_list")),
            "[\n  {\n    \"id\": \"1\",\n    \"text\": \"é \\\" \\\\\",\n"
            "    \"completed\": false\n  }\n]");
  EXPECT_EQ(sent().method, Method::kGet);
  EXPECT_EQ(sent().url, "https://t.example/api/todos");
  answer(200, R"({"todos":[]})");
  EXPECT_EQ(text_of(host.call("get_my_todo_list")), "[]");
}

TEST_F(TodoApi, Creates) {
  answer(201, R"({"todos":[]})");
  EXPECT_FALSE(host.call("create_new_todo", R"({"text":"buy \"milk\""})").is_error);
  EXPECT_EQ(sent().method, Method::kPost);
  EXPECT_EQ(sent().body, R"({"todoText":"buy \"milk\""})");
  EXPECT_EQ(sent().headers.find("content-type"), "application/json");
}

TEST_F(TodoApi, TogglesAndDeletesByAnIdThatStaysOneSegment) {
  answer(200, R"({"todos":[]})");
  EXPECT_FALSE(
      host.call("toggle_todo_status", R"({"todoId":"../a/b?c","completed":true})").is_error);
  EXPECT_EQ(sent().method, Method::kPatch);
  EXPECT_EQ(sent().url, "https://t.example/api/todos/..%2Fa%2Fb%3Fc");
  EXPECT_EQ(sent().body, R"({"completed":true})");
  EXPECT_FALSE(host.call("deleteTodo", R"({"todoId":"42"})").is_error);
  EXPECT_EQ(sent().method, Method::kDelete);
  EXPECT_EQ(sent().url, "https://t.example/api/todos/42");
  const std::size_t before = host.http.requests.size();
  EXPECT_EQ(text_of(host.call("deleteTodo", R"({"todoId":".."})")),
            "Delete Todo failed: API request failure: 404");
  EXPECT_EQ(host.http.requests.size(), before);
}

TEST_F(TodoApi, SaysWhichStatusTheApiGave) {
  answer(403, "secret");
  EXPECT_EQ(text_of(host.call("get_my_todo_list")), "Get Todos failed: API request failure: 403");
  EXPECT_EQ(text_of(host.call("create_new_todo", R"({"text":"x"})")),
            "Create Todo failed: API request failure: 403");
  EXPECT_EQ(text_of(host.call("toggle_todo_status", R"({"todoId":"1","completed":false})")),
            "Toggle Todo failed: API request failure: 403");
  const auto outcome = host.call("deleteTodo", R"({"todoId":"1"})");
  EXPECT_TRUE(outcome.is_error);
  EXPECT_EQ(text_of(outcome), "Delete Todo failed: API request failure: 403");
}

TEST_F(TodoApi, IsNotTakenInByGarbage) {
  for (const char* body : {"", "no JSON", "[]", "{}", R"({"todos":{}})", R"({"todos":[1})"}) {
    answer(200, body);
    const auto outcome = host.call("get_my_todo_list");
    EXPECT_TRUE(outcome.is_error) << body;
    EXPECT_EQ(text_of(outcome),
              "Get Todos failed: API request failure: the answer is not a list of todos")
        << body;
  }
}

}  // namespace
}  // namespace mcph::plugins
