// Every kind of content.
#include "conformance.h"

namespace conformance {

void Plugin::simple_text(mcph::Call call) {
  call.text("This is a simple text response for testing.");
}

void Plugin::image_content(mcph::Call call) {
  call.content(image_block());
}

void Plugin::audio_content(mcph::Call call) {
  call.content(R"({"type":"audio","mimeType":"audio/wav","data":)" + mcph::quoted(kWav) + "}");
}

void Plugin::embedded_resource(mcph::Call call) {
  call.content(resource_block("test://embedded-resource", "text/plain",
                              "This is an embedded resource content."));
}

void Plugin::multiple_content_types(mcph::Call call) {
  call.text("Multiple content types test:");
  call.content(image_block());
  call.content(resource_block("test://mixed-content-resource", "application/json",
                              R"({"test":"data","value":123})"));
}

void Plugin::error_handling(mcph::Call) {
  throw mcph::Failure(MCPH_E_INTERNAL, "This tool intentionally returns an error for testing");
}

void Plugin::echo_arguments(mcph::Call call) {
  call.text(call.arguments());
}

void Plugin::region(mcph::Call call) {
  const mcph::Json arguments = mcph::Json::parse(call.arguments());
  const mcph::Json* region = arguments.find("region");
  call.text("Region: " + (region != nullptr ? region->as_string() : "none"));
}

}  // namespace conformance
