// The plugin that MCP's official conformance suite is run against: what it offers is laid down by
// the suite, name by name and text by text. Written on the public SDK alone; one tool serves every
// revision.
#pragma once

#include "mcph/completion.hpp"
#include "mcph/notify.hpp"
#include "mcph/plugin.hpp"
#include "mcph/questions.hpp"

namespace conformance {

// A picture of one pixel, and a sound of one sample.
inline constexpr const char* kPng =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg"
    "==";
inline constexpr const char* kWav = "UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA=";

class Plugin {
 public:
  static constexpr const char* kDescription = "What MCP's conformance suite expects of a server.";

  Plugin(const mcph_host* host, std::string_view) : notify_(host) {}

  // content_tools.cc
  void simple_text(mcph::Call call);
  void image_content(mcph::Call call);
  void audio_content(mcph::Call call);
  void embedded_resource(mcph::Call call);
  void multiple_content_types(mcph::Call call);
  void error_handling(mcph::Call call);
  void echo_arguments(mcph::Call call);
  void region(mcph::Call call);

  // running_tools.cc
  void with_progress(mcph::Call call);
  void with_logging(mcph::Call call);
  void reconnection(mcph::Call call);
  void streaming_elicitation(mcph::Call call);
  void logging(mcph::Call call);
  void trigger_tool_change(mcph::Call call);
  void trigger_prompt_change(mcph::Call call);
  void trigger_resource_update(mcph::Call call);

  // question_tools.cc
  void sampling(mcph::Call call);
  void elicitation(mcph::Call call);
  void elicitation_defaults(mcph::Call call);
  void elicitation_enums(mcph::Call call);
  void missing_capability(mcph::Call call);

  // input_required_tools.cc
  void ask_elicitation(mcph::Call call);
  void ask_sampling(mcph::Call call);
  void ask_list_roots(mcph::Call call);
  void ask_with_state(mcph::Call call);
  void ask_multiple(mcph::Call call);
  void ask_multi_round(mcph::Call call);
  void ask_capabilities(mcph::Call call);

  // task_tools.cc
  void greet(mcph::Call call);
  void slow_compute(mcph::Call call);
  void failing_job(mcph::Call call);
  void protocol_error_job(mcph::Call call);
  void confirm_delete(mcph::Call call);
  void multi_input(mcph::Call call);
  void tool_with_task(mcph::Call call);

  // resources.cc
  void static_text(mcph::Call call);
  void static_binary(mcph::Call call);
  void watched(mcph::Call call);
  void from_template(mcph::Call call);

  // prompts.cc
  void simple_prompt(mcph::Call call);
  void prompt_with_arguments(mcph::Call call);
  void prompt_with_resource(mcph::Call call);
  void prompt_with_image(mcph::Call call);
  void ask_prompt(mcph::Call call);
  void complete(mcph::Call call);

 private:
  mcph::Notify notify_;
};

// JSON in small pieces.
std::string image_block();
std::string resource_block(std::string_view uri, std::string_view mime_type, std::string_view text);
// {"type":"object","properties":{…},"required":[…]} of one required property.
std::string one_field(std::string_view name, std::string_view type);

// Waits, and ends the call with a Failure when nobody needs its answer any more.
void wait(mcph::Call call, int milliseconds);

}  // namespace conformance
