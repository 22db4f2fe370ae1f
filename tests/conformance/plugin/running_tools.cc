// What a tool tells while it runs.
#include "conformance.h"

namespace conformance {
namespace {

constexpr int kPauseMs = 50;

}  // namespace

void Plugin::with_progress(mcph::Call call) {
  for (const int done : {0, 50, 100}) {
    call.progress(done, 100);
    wait(call, kPauseMs);
  }
  call.text("All of it is done.");
}

void Plugin::with_logging(mcph::Call call) {
  for (const char* message :
       {"Tool execution started", "Tool processing data", "Tool execution completed"}) {
    call.log(MCPH_LOG_INFO, message);
    wait(call, kPauseMs);
  }
  call.text("Tool with logging executed successfully");
}

void Plugin::reconnection(mcph::Call call) {
  call.release_stream();
  wait(call, 2 * kPauseMs);
  call.text("Reconnection test completed successfully");
}

void Plugin::streaming_elicitation(mcph::Call call) {
  call.text("Streaming completed without a question.");
}

void Plugin::logging(mcph::Call call) {
  call.log(MCPH_LOG_INFO, "A line for those who asked for it");
  call.text("Logging tool executed");
}

// The lists stay as they are: the suite looks at their order meanwhile.
void Plugin::trigger_tool_change(mcph::Call call) {
  notify_.tools_changed();
  call.text("Tools have been announced as changed.");
}

void Plugin::trigger_prompt_change(mcph::Call call) {
  notify_.prompts_changed();
  call.text("Prompts have been announced as changed.");
}

void Plugin::trigger_resource_update(mcph::Call call) {
  notify_.resource_updated("test://watched-resource");
  call.text("The watched resource has been announced as updated.");
}

}  // namespace conformance
