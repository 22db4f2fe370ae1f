#include <algorithm>

#include "plugins/descriptor_parts.h"
#include "plugins/limits.h"

namespace mcph::plugins {
namespace {

constexpr std::size_t kPromptBytes = offsetof(mcph_prompt, extra_json) + sizeof(void*);
constexpr std::uint32_t kFlags = MCPH_NEEDS_UPSTREAM | MCPH_NEVER_BLOCKS;

Result<PromptArgument> read_argument(const json::value& raw, const std::string& what) {
  if (!raw.is_object()) return refused(what + " has an element that is no object");
  const json::object& argument = raw.get_object();
  const auto name = find_string(argument, "name");
  if (!name || name->empty() || name->size() > kNameBytesMax) {
    return refused(what + " has an element without a name");
  }
  for (const char* member : {"title", "description"}) {
    if (argument.contains(member) && !find_string(argument, member)) {
      return refused(what + ": " + std::string(*name) + ": " + member + " is no text");
    }
  }
  if (argument.contains("required") && !find_bool(argument, "required")) {
    return refused(what + ": " + std::string(*name) + ": required is neither true nor false");
  }
  return PromptArgument{std::string(*name), find_bool(argument, "required").value_or(false)};
}

Result<> read_arguments(const char* raw, const std::string& what, PromptDescriptor& out) {
  if (raw == nullptr) return Ok{};
  const std::string text = TRY(read_text(raw, what));
  const auto parsed = parse_json(text);
  if (!parsed.ok()) return refused(what + ": " + parsed.error().message);
  if (!parsed->is_array()) return refused(what + " is no JSON array");
  if (parsed->get_array().size() > kPromptArgumentsMax) return refused(what + " is too long");
  for (const json::value& element : parsed->get_array()) {
    PromptArgument argument = TRY(read_argument(element, what));
    if (out.has_argument(argument.name)) {
      return refused(what + " has " + argument.name + " twice");
    }
    out.arguments.push_back(std::move(argument));
  }
  out.arguments_text = to_json(*parsed);
  return Ok{};
}

}  // namespace

bool PromptDescriptor::has_argument(std::string_view wanted) const noexcept {
  return std::any_of(arguments.begin(), arguments.end(),
                     [&](const PromptArgument& known) { return known.name == wanted; });
}

Result<PromptDescriptor> read_prompt(const mcph_prompt* prompt, std::size_t index) {
  const std::string place = "prompt " + std::to_string(index);
  if (prompt == nullptr) return refused(place + " is missing (rule ABI-4)");
  if (prompt->size < kPromptBytes) return refused(place + " is shorter than in 1.0 (rule ABI-3)");
  PromptDescriptor out;
  out.name = TRY(read_text(prompt->name, place + " name"));
  if (!is_item_name(out.name)) {
    return refused(place + ": a name has 1 to 128 of A-Z a-z 0-9 _ - .");
  }
  const std::string what = "prompt " + out.name + ": ";
  if (prompt->get == nullptr) return refused(what + "has no handler");
  out.flags = (prompt->flags & kFlags) | MCPH_READ_ONLY | MCPH_IDEMPOTENT;
  out.scopes = TRY(read_scopes(prompt->scope, what + "scope"));
  out.function = prompt->get;
  out.title = TRY(read_text(prompt->title, what + "title"));
  out.description = TRY(read_text(prompt->description, what + "description"));
  TRY(read_arguments(prompt->arguments_json, what + "arguments_json", out));
  out.extra = TRY(read_extra(prompt->extra_json, what + "extra_json",
                             {"name", "title", "description", "arguments"}));
  return out;
}

}  // namespace mcph::plugins
