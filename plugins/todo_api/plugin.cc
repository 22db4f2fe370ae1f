// The five tools of the demo: who the user is, and the user's to-do list at a protected API.
#include "mcph/plugin.hpp"

#include <string>
#include <string_view>

#include "mcph/json.hpp"
#include "todo_client.h"

namespace todo_api {

class Tools {
 public:
  static constexpr const char* kDescription = "Who you are, and your to-do list.";
  static constexpr const char* kConfigSchema =
      R"({"type":"object","properties":{"base_url":{"type":"string","pattern":"^https?://"}},)"
      R"("required":["base_url"],"additionalProperties":false})";

  Tools(const mcph_host* host, std::string_view config) : todos_(host, base_url(config)) {}

  // Claims and expiry. The token itself never reaches a plugin, so it cannot be shown.
  void who_am_i(mcph::Call call) { call.json_text(call.user()); }

  void get_todos(mcph::Call call) {
    answer(call, "Get Todos failed: ", [&] { return todos_.list(call); });
  }

  void create_todo(mcph::Call call) {
    answer(call, "Create Todo failed: ", [&] {
      const mcph::Json arguments = mcph::Json::parse(call.arguments());
      return todos_.add(call, arguments.at("text").as_string());
    });
  }

  void toggle_todo(mcph::Call call) {
    answer(call, "Toggle Todo failed: ", [&] {
      const mcph::Json arguments = mcph::Json::parse(call.arguments());
      return todos_.set_completed(call, arguments.at("todoId").as_string(),
                                  arguments.at("completed").as_bool());
    });
  }

  void delete_todo(mcph::Call call) {
    answer(call, "Delete Todo failed: ", [&] {
      const mcph::Json arguments = mcph::Json::parse(call.arguments());
      return todos_.remove(call, arguments.at("todoId").as_string());
    });
  }

 private:
  static std::string base_url(std::string_view config) {
    const mcph::Json settings = mcph::Json::parse(config);
    std::string url = settings.at("base_url").as_string();
    while (url.ends_with('/')) url.pop_back();
    return url;
  }

  template <class Work>
  static void answer(mcph::Call call, std::string_view prefix, Work work) {
    try {
      call.text(mcph::pretty_json(work()));
    } catch (const mcph::Failure& failure) {
      throw mcph::Failure(failure.why, std::string(prefix) + failure.text);
    }
  }

  TodoClient todos_;
};

constexpr auto kNothing = R"({"type":"object","properties":{},"additionalProperties":false})";

}  // namespace todo_api

MCPH_PLUGIN(
    todo_api::Tools, "todo_api", "1.0.0",
    mcph::tool<&todo_api::Tools::who_am_i>(
        "who_am_I", "Shows who you are signed in as: your claims and when the sign-in expires.",
        todo_api::kNothing,
        MCPH_READ_ONLY | MCPH_IDEMPOTENT | MCPH_NEEDS_UPSTREAM | MCPH_NEVER_BLOCKS)
        .with_title("Who Am I"),
    mcph::tool<&todo_api::Tools::get_todos>("get_my_todo_list", "Lists your todos.",
                                            todo_api::kNothing,
                                            MCPH_READ_ONLY | MCPH_IDEMPOTENT | MCPH_NEEDS_UPSTREAM)
        .with_title("Get My Todo List"),
    mcph::tool<&todo_api::Tools::create_todo>(
        "create_new_todo", "Adds a todo to your list.",
        R"({"type":"object","properties":{"text":{"type":"string","minLength":1,"maxLength":4096,)"
        R"("description":"What there is to do"}},"required":["text"],)"
        R"("additionalProperties":false})",
        MCPH_NEEDS_UPSTREAM)
        .with_title("Create New Todo"),
    mcph::tool<&todo_api::Tools::toggle_todo>(
        "toggle_todo_status", "Marks a todo as completed or open again.",
        R"({"type":"object","properties":{"todoId":{"type":"string","minLength":1,)"
        R"("maxLength":256,"description":"The id of the todo"},"completed":{"type":"boolean",)"
        R"("description":"True when it is done"}},"required":["todoId","completed"],)"
        R"("additionalProperties":false})",
        MCPH_IDEMPOTENT | MCPH_NEEDS_UPSTREAM)
        .with_title("Toggle Todo Status"),
    mcph::tool<&todo_api::Tools::delete_todo>(
        "deleteTodo", "Deletes a todo from your list.",
        R"({"type":"object","properties":{"todoId":{"type":"string","minLength":1,)"
        R"("maxLength":256,"description":"The id of the todo"}},"required":["todoId"],)"
        R"("additionalProperties":false})",
        MCPH_DESTRUCTIVE | MCPH_IDEMPOTENT | MCPH_NEEDS_UPSTREAM)
        .with_title("Delete Todo"));
