#include "mcp/headers.h"

#include "base/encoding.h"

namespace mcph::mcp {
namespace {

void take(UniqueHeader& header, std::string_view value) {
  ++header.count;
  header.value = trim(value);
}

// `;q=0` takes a range back (RFC 9110 §12.5.1); other weights only order what we do not choose by.
bool is_excluded(std::string_view parameters) {
  while (!parameters.empty()) {
    parameters.remove_prefix(1);  // the semicolon
    const std::size_t end = std::min(parameters.find(';'), parameters.size());
    const std::string_view parameter = trim(parameters.substr(0, end));
    if (parameter.size() > 2 && (parameter[0] == 'q' || parameter[0] == 'Q') &&
        parameter[1] == '=') {
      return parameter.substr(2).find_first_not_of("0.") == std::string_view::npos;
    }
    parameters.remove_prefix(end);
  }
  return false;
}

void read_accept(McpHeaders& out, std::string_view accept) {
  while (!accept.empty()) {
    const std::size_t comma = std::min(accept.find(','), accept.size());
    const std::string_view item = accept.substr(0, comma);
    accept.remove_prefix(std::min(comma + 1, accept.size()));
    const std::size_t semicolon = std::min(item.find(';'), item.size());
    const std::string_view range = trim(item.substr(0, semicolon));
    if (is_excluded(item.substr(semicolon))) continue;
    const bool any = range == "*/*";
    if (any || iequals(range, "application/json") || iequals(range, "application/*")) {
      out.accepts_json = true;
    }
    if (any || iequals(range, "text/event-stream") || iequals(range, "text/*")) {
      out.accepts_events = true;
    }
  }
}

bool has_only_field_characters(std::string_view value) {
  for (const char c : value) {
    if (c != '\t' && (c < 0x20 || c > 0x7e)) return false;
  }
  return true;
}

}  // namespace

std::string_view trim(std::string_view text) noexcept {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

McpHeaders read_headers(const Headers& headers) {
  McpHeaders out;
  bool saw_accept = false;
  for (std::size_t i = 0; i < headers.size(); ++i) {
    const auto [name, value] = headers.at(i);
    switch (name.size()) {  // the sizes differ, so most fields cost one comparison
      case 6:
        if (!iequals(name, "accept")) break;
        if (!saw_accept) out.accepts_json = out.accepts_events = false;
        saw_accept = true;
        read_accept(out, value);
        break;
      case 8:
        if (iequals(name, "mcp-name")) take(out.name, value);
        break;
      case 10:
        if (iequals(name, "mcp-method")) take(out.method, value);
        break;
      case 13:
        if (iequals(name, "last-event-id")) take(out.last_event_id, value);
        break;
      case 14:
        if (iequals(name, "mcp-session-id")) take(out.session_id, value);
        break;
      case 20:
        if (iequals(name, "mcp-protocol-version")) take(out.protocol_version, value);
        break;
      default:
        break;
    }
  }
  return out;
}

std::optional<std::string> decode_header_value(std::string_view value) {
  constexpr std::string_view kBegin = "=?base64?";
  constexpr std::string_view kEnd = "?=";
  if (!has_only_field_characters(value)) return std::nullopt;
  const bool encoded = value.size() >= kBegin.size() + kEnd.size() && value.starts_with(kBegin) &&
                       value.ends_with(kEnd);
  if (!encoded) return std::string(value);
  value.remove_prefix(kBegin.size());
  value.remove_suffix(kEnd.size());
  std::optional<std::string> decoded = from_base64(value);
  if (!decoded.has_value() || !is_utf8(*decoded)) return std::nullopt;
  return decoded;
}

}  // namespace mcph::mcp
