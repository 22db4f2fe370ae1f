#include "mcp/server_capabilities.h"

#include <algorithm>

namespace mcph::mcp {
namespace {

bool has_task_tools(const Offers& offers) {
  return std::any_of(offers.tools.items.begin(), offers.tools.items.end(),
                     [](const Item& tool) { return tool.task_use != TaskUse::kNever; });
}

}  // namespace

bool offers_prompts(const Offers& offers) noexcept {
  return !offers.prompts.items.empty();
}

bool offers_resources(const Offers& offers) noexcept {
  return !offers.resources.items.empty() || !offers.templates.items.empty();
}

std::string make_server_capabilities(const Offers& offers, Version version) {
  const std::string_view changing = offers.announces ? R"({"listChanged":true})" : "{}";
  std::string out = R"({"tools":)";
  out += changing;
  if (offers_prompts(offers)) out.append(R"(,"prompts":)").append(changing);
  if (offers_resources(offers)) {
    out += R"(,"resources":)";
    out += offers.announces ? R"({"subscribe":true,"listChanged":true})" : "{}";
  }
  out += R"(,"logging":{})";
  // 2024-11-05 has the method but no way to say so.
  if (offers.completes && version >= Version::k2025_03_26) out += R"(,"completions":{})";
  if (version >= kModern && has_task_tools(offers)) {
    out += R"(,"extensions":{"io.modelcontextprotocol/tasks":{}})";
  }
  out += '}';
  return out;
}

}  // namespace mcph::mcp
