#include "mcp/client_capabilities.h"

namespace mcph::mcp {

std::uint16_t read_capabilities(const json::object& capabilities) {
  std::uint16_t bits = 0;
  if (const json::object* sampling = find_object(capabilities, "sampling"); sampling != nullptr) {
    bits |= kCanSample;
    if (find_object(*sampling, "tools") != nullptr) bits |= kCanSampleWithTools;
  }
  if (const json::object* asks = find_object(capabilities, "elicitation"); asks != nullptr) {
    const bool url = find_object(*asks, "url") != nullptr;
    // An empty object is how 2025-06-18 said "forms", and still means that.
    if (find_object(*asks, "form") != nullptr || !url) bits |= kCanElicitForm;
    if (url) bits |= kCanElicitUrl;
  }
  if (find_object(capabilities, "roots") != nullptr) bits |= kHasRoots;
  const json::object* extensions = find_object(capabilities, "extensions");
  if (extensions != nullptr && find_object(*extensions, kTasksExtension) != nullptr) {
    bits |= kKnowsTasks;
  }
  return bits;
}

std::string make_capabilities(std::uint16_t bits) {
  std::string out = "{";
  const auto add = [&out](std::string_view member) {
    if (out.size() > 1) out += ',';
    out += member;
  };
  const bool form = (bits & kCanElicitForm) != 0;
  const bool url = (bits & kCanElicitUrl) != 0;
  if ((bits & kCanSampleWithTools) != 0) {
    add(R"("sampling":{"tools":{}})");
  } else if ((bits & kCanSample) != 0) {
    add(R"("sampling":{})");
  }
  if (form && url) add(R"("elicitation":{"form":{},"url":{}})");
  if (form && !url) add(R"("elicitation":{"form":{}})");
  if (url && !form) add(R"("elicitation":{"url":{}})");
  if ((bits & kHasRoots) != 0) add(R"("roots":{})");
  if ((bits & kKnowsTasks) != 0) add(R"("extensions":{"io.modelcontextprotocol/tasks":{}})");
  out += '}';
  return out;
}

}  // namespace mcph::mcp
