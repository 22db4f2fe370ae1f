#include <algorithm>
#include <chrono>
#include <thread>

#include "conformance.h"

namespace conformance {

using mcph::quoted;

std::string image_block() {
  return R"({"type":"image","mimeType":"image/png","data":)" + quoted(kPng) + "}";
}

std::string resource_block(std::string_view uri, std::string_view mime_type,
                           std::string_view text) {
  return R"({"type":"resource","resource":{"uri":)" + quoted(uri) + R"(,"mimeType":)" +
         quoted(mime_type) + R"(,"text":)" + quoted(text) + "}}";
}

std::string one_field(std::string_view name, std::string_view type) {
  return R"({"type":"object","properties":{)" + quoted(name) + R"(:{"type":)" + quoted(type) +
         R"(}},"required":[)" + quoted(name) + "]}";
}

void wait(mcph::Call call, int milliseconds) {
  constexpr int kStep = 10;
  for (int waited = 0; waited < milliseconds; waited += kStep) {
    if (call.cancelled()) throw mcph::Failure(MCPH_E_CANCELLED, "Cancelled.");
    std::this_thread::sleep_for(std::chrono::milliseconds(std::min(kStep, milliseconds - waited)));
  }
}

}  // namespace conformance
