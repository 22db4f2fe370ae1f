#include "mcp/meta.h"

#include "mcp/client_capabilities.h"
#include "mcp/log_levels.h"

namespace mcph::mcp {
namespace {

constexpr std::string_view kReservedPrefix = "io.modelcontextprotocol/";

bool is_log_level(const json::value& value) {
  return value.is_string() && find_severity(view(value.get_string())).has_value();
}

bool is_for_plugins(std::string_view key, bool modern) {
  if (key == meta_keys::kProgressToken) return false;
  if (!key.starts_with(kReservedPrefix)) return true;
  return modern && (key == meta_keys::kClientCapabilities || key == meta_keys::kClientInfo);
}

}  // namespace

std::optional<Rejection> check_modern_meta(const Message& message) {
  if (message.meta == nullptr) return rejections::missing_meta("an object is required");
  if (!find_string(*message.meta, meta_keys::kProtocolVersion)) {
    return rejections::missing_meta("protocolVersion is required, as a string");
  }
  if (find_object(*message.meta, meta_keys::kClientCapabilities) == nullptr) {
    return rejections::missing_meta("clientCapabilities is required, as an object");
  }
  const json::value* level = find(*message.meta, meta_keys::kLogLevel);
  if (level != nullptr && !is_log_level(*level)) {
    return rejections::missing_meta("logLevel is not one of the eight levels");
  }
  return std::nullopt;
}

JsonToken find_progress_token(const Message& message) {
  if (message.meta == nullptr) return {};
  const json::value* token = find(*message.meta, meta_keys::kProgressToken);
  return token != nullptr ? make_token(*token) : JsonToken{};
}

std::string make_plugin_meta(const json::object* meta,
                             std::optional<std::uint16_t> session_capabilities) {
  std::string out;
  out.reserve(256);
  if (session_capabilities.has_value()) {
    out.append(R"({")").append(meta_keys::kClientCapabilities).append(R"(":)");
    out += make_capabilities(*session_capabilities);
  }
  if (meta != nullptr) {
    for (const auto& member : *meta) {
      const std::string_view key(member.key().data(), member.key().size());
      if (!is_for_plugins(key, !session_capabilities.has_value())) continue;
      out += out.empty() ? '{' : ',';
      if (key.starts_with(kReservedPrefix)) {  // one of the two we know: nothing to escape
        out.append(R"(")").append(key).append(R"(":)");
      } else {
        append_json_string(out, key);
        out += ':';
      }
      append_json(out, member.value());
    }
  }
  if (!out.empty()) out += '}';
  return out;
}

}  // namespace mcph::mcp
