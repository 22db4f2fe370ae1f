// Questions in rounds (2026-07-28): which come when, and what the next round needs.
#include "conformance.h"

namespace conformance {
namespace {

using mcph::Json;
using mcph::Questions;

// The text the user filled in, or nothing.
std::string accepted_text(mcph::Call call, std::string_view key, std::string_view field) {
  const Json content = call.accepted(key);
  const Json* text = content.find(field);
  return text != nullptr && text->is_string() ? text->as_string() : "";
}

std::string model_text(const Json& answer) {
  const Json* content = answer.find("content");
  const Json* text = content != nullptr ? content->find("text") : nullptr;
  return text != nullptr && text->is_string() ? text->as_string() : "";
}

}  // namespace

void Plugin::ask_elicitation(mcph::Call call) {
  const std::string name = accepted_text(call, "user_name", "name");
  if (!name.empty()) return call.text("Hello, " + name + "!");
  call.need_input(
      Questions().form("user_name", "What is your name?", one_field("name", "string")).json());
}

void Plugin::ask_sampling(mcph::Call call) {
  const Json answer = call.input("capital_question");
  if (answer.is_object()) return call.text(model_text(answer));
  call.need_input(
      Questions().model("capital_question", "What is the capital of France?", 100).json());
}

void Plugin::ask_list_roots(mcph::Call call) {
  const Json answer = call.input("client_roots");
  const Json* roots = answer.find("roots");
  if (roots != nullptr && roots->is_array()) return call.text("Roots: " + roots->write());
  call.need_input(Questions().roots("client_roots").json());
}

void Plugin::ask_with_state(mcph::Call call) {
  const Json content = call.accepted("confirm");
  if (call.state() == "asked" && content.find("ok") != nullptr) {
    return call.text("state-ok: what was given came back");
  }
  call.need_input(Questions().form("confirm", "Please confirm", one_field("ok", "boolean")).json(),
                  "asked");
}

void Plugin::ask_multiple(mcph::Call call) {
  const bool all = call.input("user_name").is_object() && call.input("greeting").is_object() &&
                   call.input("client_roots").is_object();
  if (call.state() == "asked" && all) {
    return call.text(model_text(call.input("greeting")) + " " +
                     accepted_text(call, "user_name", "name"));
  }
  call.need_input(Questions()
                      .form("user_name", "What is your name?", one_field("name", "string"))
                      .model("greeting", "Generate a greeting", 50)
                      .roots("client_roots")
                      .json(),
                  "asked");
}

void Plugin::ask_multi_round(mcph::Call call) {
  const std::string name = accepted_text(call, "step1", "name");
  const std::string color = accepted_text(call, "step2", "color");
  const std::string_view state = call.state();
  if (state.starts_with("color of ") && !color.empty()) {
    return call.text(std::string(state.substr(9)) + " likes " + color + ".");
  }
  if (state == "name" && !name.empty()) {
    return call.need_input(
        Questions()
            .form("step2", "Step 2: What is your favorite color?", one_field("color", "string"))
            .json(),
        "color of " + name);
  }
  call.need_input(
      Questions().form("step1", "Step 1: What is your name?", one_field("name", "string")).json(),
      "name");
}

void Plugin::ask_capabilities(mcph::Call call) {
  if (!call.input_responses().empty()) return call.text("Asked only what the client can do.");
  const Json meta = call.meta().empty() ? Json() : Json::parse(call.meta());
  const Json* can = meta.find("io.modelcontextprotocol/clientCapabilities");
  Questions questions;
  if (can != nullptr && can->find("sampling") != nullptr) {
    questions.model("sample", "Sample request", 50);
  }
  if (can != nullptr && can->find("elicitation") != nullptr) {
    questions.form("value", "What is it?", one_field("value", "string"));
  }
  if (questions.empty()) return call.text("The client can do nothing to ask for.");
  call.need_input(questions.json());
}

}  // namespace conformance
