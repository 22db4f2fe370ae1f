// mcph/questions.hpp - what Call::need_input() asks, for plugin authors in C++:
//   call.need_input(mcph::Questions().form("who", "What is your name?", R"({"type":"object",…})"));
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "mcph/json_text.hpp"

namespace mcph {

class Questions {
 public:
  // The user fills in a form. `schema_json`: an object of strings, numbers, booleans and choices.
  Questions& form(std::string_view key, std::string_view message, std::string_view schema_json) {
    return add(key, "elicitation/create",
               R"({"message":)" + quoted(message) + R"(,"requestedSchema":)" +
                   std::string(schema_json) + '}');
  }
  // The user opens a page, for what must not pass through the client (a password, a payment).
  // `id` comes back to the client when the page is done; unguessable.
  Questions& page(std::string_view key, std::string_view message, std::string_view url,
                  std::string_view id) {
    return add(key, "elicitation/create",
               R"({"mode":"url","message":)" + quoted(message) + R"(,"url":)" + quoted(url) +
                   R"(,"elicitationId":)" + quoted(id) + '}');
  }
  // The client's model answers.
  Questions& model(std::string_view key, std::string_view prompt, std::uint32_t max_tokens) {
    return add(key, "sampling/createMessage",
               R"({"messages":[{"role":"user","content":{"type":"text","text":)" + quoted(prompt) +
                   R"(}}],"maxTokens":)" + std::to_string(max_tokens) + '}');
  }
  // The folders the user has opened to the client.
  Questions& roots(std::string_view key) { return add(key, "roots/list", "{}"); }
  // Any of them, with all its parameters.
  Questions& add(std::string_view key, std::string_view method, std::string_view params_json) {
    if (!json_.empty()) json_ += ',';
    append_quoted(json_, key);
    json_ += R"(:{"method":)";
    append_quoted(json_, method);
    json_.append(R"(,"params":)").append(params_json) += '}';
    return *this;
  }

  bool empty() const noexcept { return json_.empty(); }
  std::string json() const { return '{' + json_ + '}'; }

 private:
  std::string json_;
};

}  // namespace mcph
