#include "conformance.h"

namespace conformance {

using mcph::Json;

void Plugin::simple_prompt(mcph::Call call) {
  call.message_text("user", "This is a simple prompt for testing.");
}

void Plugin::prompt_with_arguments(mcph::Call call) {
  const Json arguments = Json::parse(call.arguments());
  call.message_text("user", "Prompt with arguments: arg1='" + arguments.at("arg1").as_string() +
                                "', arg2='" + arguments.at("arg2").as_string() + "'");
}

void Plugin::prompt_with_resource(mcph::Call call) {
  const Json arguments = Json::parse(call.arguments());
  call.message("user", resource_block(arguments.at("resourceUri").as_string(), "text/plain",
                                      "Embedded resource content for testing."));
  call.message_text("user", "Please process the embedded resource above.");
}

void Plugin::prompt_with_image(mcph::Call call) {
  call.message("user", image_block());
  call.message_text("user", "Please analyze the image above.");
}

void Plugin::ask_prompt(mcph::Call call) {
  const Json content = call.accepted("user_context");
  const Json* context = content.find("context");
  if (context != nullptr && context->is_string()) {
    return call.message_text("user", "Prompt with context: " + context->as_string());
  }
  call.need_input(mcph::Questions()
                      .form("user_context", "What context should the prompt use?",
                            one_field("context", "string"))
                      .json());
}

void Plugin::complete(mcph::Call call) {
  const auto asked = mcph::Completion::of(call);
  asked.answer(
      call, asked.of_prompt ? std::vector<std::string>() : std::vector<std::string>{"123", "456"});
}

}  // namespace conformance
