#include "audit/entry.h"

#include <algorithm>
#include <string_view>

#include "base/encoding.h"
#include "base/json.h"
#include "crypto/hash.h"

namespace mcph::audit {
namespace {

// Whole characters of UTF-8 up to the limit; nothing of what is not UTF-8 at all.
std::string cut(std::string_view text, std::size_t bytes_max = kAuditTextBytesMax) {
  if (!is_utf8(text)) return "(not UTF-8)";
  if (text.size() > bytes_max) {
    std::size_t end = bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    text = text.substr(0, end);
  }
  std::string clean(text);
  for (char& c : clean) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  return clean;
}

std::string make_details(const AuditEvent& event) {
  json::object details;
  for (const AuditDetail& detail : event.details) {
    if (details.size() == kAuditDetailsMax) break;
    details[cut(detail.name)] = cut(detail.value);
  }
  return to_json(details);
}

void add_text(json::object& object, std::string_view name, const std::string& text) {
  if (!text.empty()) object[name] = text;
}

}  // namespace

Entry make_entry(const AuditEvent& event, UnixTime at, std::string host) {
  Entry entry;
  entry.at = at;
  entry.host = std::move(host);
  entry.type = event.type;
  entry.outcome = to_string(event.outcome);
  entry.actor = to_string(event.actor);
  entry.actor_name = cut(event.actor_name);
  entry.principal = cut(event.principal.str());
  entry.client = cut(event.client.str(), kAuditClientBytesMax);
  entry.grant = cut(event.grant.str());
  entry.peer = cut(event.origin.peer);
  if (!event.origin.user_agent.empty()) {
    entry.agent_hash = to_hex(crypto::sha256(event.origin.user_agent)).substr(0, 32);
  }
  entry.request_id = cut(event.origin.request_id);
  entry.details = make_details(event);
  return entry;
}

json::object to_object(const Entry& entry) {
  json::object line;
  line["number"] = entry.number;
  line["at"] = to_iso8601(entry.at);
  line["host"] = entry.host;
  line["type"] = entry.type;
  line["outcome"] = entry.outcome;
  line["actor"] = entry.actor;
  add_text(line, "actor_name", entry.actor_name);
  add_text(line, "principal", entry.principal);
  add_text(line, "client", entry.client);
  add_text(line, "grant", entry.grant);
  add_text(line, "peer", entry.peer);
  add_text(line, "agent_hash", entry.agent_hash);
  add_text(line, "request_id", entry.request_id);
  auto details = parse_json(entry.details);
  if (details.ok()) line["details"] = *std::move(details);
  line["key"] = entry.key_id;
  line["mac"] = to_hex(entry.mac);
  return line;
}

std::string to_json_line(const Entry& entry) {
  return to_json(to_object(entry));
}

}  // namespace mcph::audit
