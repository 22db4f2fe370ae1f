// Work that goes on as a task (extension io.modelcontextprotocol/tasks).
#include <algorithm>
#include <charconv>

#include "conformance.h"

namespace conformance {
namespace {

using mcph::Json;
using mcph::Questions;

// Seconds in the arguments may have a fraction.
int to_milliseconds(const Json& seconds) {
  const std::string text = seconds.write();
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return static_cast<int>(std::clamp(value, 0.0, 3600.0) * 1000);
}

std::string form_of_both() {
  return R"({"type":"object","properties":{"name":{"type":"string"},)"
         R"("confirm":{"type":"boolean"}}})";
}

}  // namespace

void Plugin::greet(mcph::Call call) {
  call.text("Hello, " + Json::parse(call.arguments()).at("name").as_string() + "!");
}

void Plugin::slow_compute(mcph::Call call) {
  call.become_task();
  const Json arguments = Json::parse(call.arguments());
  wait(call, to_milliseconds(arguments.at("seconds")));
  const Json* label = arguments.find("label");
  call.text("Computed " + (label != nullptr ? label->as_string() : "it") + ".");
}

void Plugin::failing_job(mcph::Call call) {
  call.become_task();
  wait(call, 1'000);
  throw mcph::Failure(MCPH_E_INTERNAL, "The job has failed.");
}

void Plugin::protocol_error_job(mcph::Call call) {
  call.become_task();
  wait(call, 200);
  throw mcph::Failure(MCPH_E_INVALID_ARGUMENT, "The job cannot be done.");
}

void Plugin::confirm_delete(mcph::Call call) {
  call.become_task();
  if (!call.input("confirm").is_object()) {
    return call.need_input(
        Questions().form("confirm", "Delete it?", one_field("confirm", "boolean")).json());
  }
  const Json content = call.accepted("confirm");
  const Json* yes = content.find("confirm");
  const std::string name = Json::parse(call.arguments()).at("filename").as_string();
  call.text((yes != nullptr && yes->as_bool() ? "Deleted " : "Kept ") + name + ".");
}

void Plugin::multi_input(mcph::Call call) {
  call.become_task();
  if (call.input("first").is_object() && call.input("second").is_object()) {
    return call.text("Both have been answered.");
  }
  call.need_input(Questions()
                      .form("first", "The first one?", form_of_both())
                      .form("second", "The second one?", form_of_both())
                      .json());
}

void Plugin::tool_with_task(mcph::Call call) {
  const Json content = call.accepted("user_name");
  const Json* name = content.find("name");
  if (name == nullptr || !name->is_string()) {
    return call.need_input(
        Questions().form("user_name", "What is your name?", one_field("name", "string")).json());
  }
  call.become_task();
  wait(call, 100);
  call.text("Hello, " + name->as_string() + "!");
}

}  // namespace conformance
