// A document, JSON or YAML: reading it and making tools of all its operations ends with tools or
// with a reason, and what comes out are schemas.
#include <cstddef>
#include <cstdint>

#include "base/assert.h"
#include "openapi/operation.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const openapi::Settings settings =
      openapi::read_settings(R"({"document":"x","base_url":"https://api.example"})");
  try {
    const openapi::Document document = openapi::Document::parse(text);
    for (const openapi::FoundOperation& found : openapi::find_operations(document)) {
      try {
        const openapi::Operation operation = openapi::read_operation(document, found, settings);
        ASSERT(openapi::Json::parse(operation.input_schema).is_object());
      } catch (const openapi::Refusal& refusal) {
        ASSERT(*refusal.what() != 0);
      }
    }
  } catch (const openapi::Refusal& refusal) {
    ASSERT(*refusal.what() != 0);
  }
  return 0;
}
