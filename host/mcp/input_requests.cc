#include "mcp/input_requests.h"

#include "mcp/client_capabilities.h"
#include "mcp/jsonrpc.h"

namespace mcph::mcp {
namespace {

std::optional<std::uint16_t> find_needed_by(const json::value& request) {
  const json::object* object = request.if_object();
  const auto method = object != nullptr ? find_string(*object, "method") : std::nullopt;
  if (!method.has_value()) return std::nullopt;
  const json::object* params = find_object(*object, "params");
  if (*method == "roots/list") return kHasRoots;
  if (params == nullptr) return std::nullopt;
  if (*method == "elicitation/create") {
    // No mode is how 2025-06-18 said "form".
    const std::string_view mode = find_string(*params, "mode").value_or("form");
    if (mode == "form") return kCanElicitForm;
    if (mode == "url") return kCanElicitUrl;
    return std::nullopt;
  }
  if (*method != "sampling/createMessage") return std::nullopt;
  const bool tools = params->contains("tools") || params->contains("toolChoice");
  return static_cast<std::uint16_t>(tools ? kCanSample | kCanSampleWithTools : kCanSample);
}

}  // namespace

std::optional<std::uint16_t> find_needed_capabilities(std::string_view requests) {
  const Result<json::value> parsed = parse_json(requests);
  const json::object* all = parsed.ok() ? parsed->if_object() : nullptr;
  if (all == nullptr || all->empty()) return std::nullopt;
  std::uint16_t bits = 0;
  for (const auto& request : *all) {
    const auto needed = find_needed_by(request.value());
    if (!needed.has_value()) return std::nullopt;
    bits = static_cast<std::uint16_t>(bits | *needed);
  }
  return bits;
}

std::uint16_t known_capabilities(std::uint16_t capabilities, Version version) noexcept {
  unsigned known = capabilities;
  if (version < Version::k2025_06_18) known &= ~static_cast<unsigned>(kCanElicitForm);
  if (version < Version::k2025_11_25) {
    known &= ~static_cast<unsigned>(kCanElicitUrl | kCanSampleWithTools);
  }
  if (version < kModern) known &= ~static_cast<unsigned>(kKnowsTasks);
  return static_cast<std::uint16_t>(known);
}

std::string make_missing_text(std::uint16_t missing) {
  std::string text = "This needs something the client cannot do:";
  const auto add = [&](ClientCapability bit, std::string_view what) {
    if ((missing & bit) == 0) return;
    text += text.back() == ':' ? " " : ", ";
    text += what;
  };
  add(kCanElicitForm, "show the user a form (elicitation)");
  add(kCanElicitUrl, "open a page for the user (elicitation by URL)");
  add(kCanSample, "ask its model (sampling)");
  add(kCanSampleWithTools, "give its model tools (sampling.tools)");
  add(kHasRoots, "list its roots");
  add(kKnowsTasks, "follow tasks");
  return text;
}

bool is_answer(const json::value& value) {
  const json::object* answer = value.if_object();
  if (answer == nullptr) return false;
  if (const auto action = find_string(*answer, "action"); action.has_value()) {
    const json::value* content = find(*answer, "content");
    if (content != nullptr && !content->is_object() && !content->is_null()) return false;
    return *action == "accept" || *action == "decline" || *action == "cancel";
  }
  if (find_array(*answer, "roots") != nullptr) return true;
  const json::value* content = find(*answer, "content");
  return find_string(*answer, "role").has_value() && content != nullptr &&
         (content->is_object() || content->is_array());
}

std::string make_input_responses(const json::object& given) {
  std::string out = "{";
  for (const auto& answer : given) {
    if (!is_answer(answer.value())) continue;
    if (out.size() > 1) out += ',';
    append_json_string(out, answer.key());
    out += ':';
    out += to_json(answer.value());
  }
  out += '}';
  return out;
}

}  // namespace mcph::mcp
