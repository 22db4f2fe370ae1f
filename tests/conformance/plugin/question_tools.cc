// Questions as older clients know them; the modern protocol asks them in its own way.
#include "conformance.h"

namespace conformance {
namespace {

using mcph::Json;

std::string arguments_text(mcph::Call call, std::string_view name) {
  return Json::parse(call.arguments()).at(name).as_string();
}

// "action=accept, content={…}"
std::string describe(const Json& answer) {
  const Json *action = answer.find("action"), *content = answer.find("content");
  return "action=" + (action != nullptr ? action->as_string() : "none") +
         ", content=" + (content != nullptr ? content->write() : "{}");
}

void ask_form(mcph::Call call, std::string_view message, std::string_view schema,
              const std::string& label) {
  const Json answer = call.input("form");
  if (!answer.is_object()) {
    return call.need_input(mcph::Questions().form("form", message, schema).json());
  }
  call.text(label + describe(answer));
}

}  // namespace

void Plugin::sampling(mcph::Call call) {
  const Json answer = call.input("completion");
  if (!answer.is_object()) {
    return call.need_input(
        mcph::Questions().model("completion", arguments_text(call, "prompt"), 100).json());
  }
  const Json* content = answer.find("content");
  const Json* text = content != nullptr ? content->find("text") : nullptr;
  call.text("LLM response: " + (text != nullptr ? text->as_string() : "none"));
}

void Plugin::elicitation(mcph::Call call) {
  ask_form(call, arguments_text(call, "message"),
           R"({"type":"object","properties":{)"
           R"("username":{"type":"string","description":"User's response"},)"
           R"("email":{"type":"string","description":"User's email address"}},)"
           R"("required":["username","email"]})",
           "User response: ");
}

void Plugin::elicitation_defaults(mcph::Call call) {
  ask_form(call, "Please review these fields",
           R"({"type":"object","properties":{)"
           R"("name":{"type":"string","default":"John Doe"},)"
           R"("age":{"type":"integer","default":30},)"
           R"("score":{"type":"number","default":95.5},)"
           R"("status":{"type":"string","enum":["active","inactive","pending"],)"
           R"("default":"active"},)"
           R"("verified":{"type":"boolean","default":true}},"required":[]})",
           "Elicitation completed: ");
}

void Plugin::elicitation_enums(mcph::Call call) {
  ask_form(call, "Please choose",
           R"({"type":"object","properties":{)"
           R"("untitledSingle":{"type":"string","enum":["option1","option2","option3"]},)"
           R"("titledSingle":{"type":"string","oneOf":[)"
           R"({"const":"value1","title":"First Option"},)"
           R"({"const":"value2","title":"Second Option"},)"
           R"({"const":"value3","title":"Third Option"}]},)"
           R"("legacyEnum":{"type":"string","enum":["opt1","opt2","opt3"],)"
           R"("enumNames":["Option One","Option Two","Option Three"]},)"
           R"("untitledMulti":{"type":"array","minItems":1,"maxItems":3,)"
           R"("items":{"type":"string","enum":["option1","option2","option3"]}},)"
           R"("titledMulti":{"type":"array","minItems":1,"maxItems":3,"items":{"anyOf":[)"
           R"({"const":"value1","title":"First Choice"},)"
           R"({"const":"value2","title":"Second Choice"},)"
           R"({"const":"value3","title":"Third Choice"}]}}},"required":[]})",
           "Elicitation completed: ");
}

void Plugin::missing_capability(mcph::Call call) {
  if (!call.input("sample").is_null()) return call.text("The client can sample.");
  call.need_input(mcph::Questions().model("sample", "Say yes.", 10).json());
}

}  // namespace conformance
