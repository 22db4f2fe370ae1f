#include "mcp/legacy/event_id.h"

#include <charconv>

#include "base/encoding.h"
#include "crypto/hash.h"
#include "mcp/limits.h"
#include "mcp/reply.h"

namespace mcph::mcp {
namespace {

constexpr std::size_t kNameBytes = 12;
constexpr std::size_t kEventIdBytesMax = 128;

}  // namespace

std::string make_event_id(std::string_view stream, std::int64_t number) {
  std::string id(stream);
  id += '.';
  id += std::to_string(number);
  return id;
}

std::optional<EventId> parse_event_id(std::string_view text) {
  const std::size_t dot = text.find('.');
  if (text.size() > kEventIdBytesMax || dot == 0 || dot == text.npos) return std::nullopt;
  EventId id{std::string(text.substr(0, dot)), 0};
  std::string_view number = text.substr(dot + 1);
  number = number.substr(0, number.find('.'));
  const auto [end, failure] =
      std::from_chars(number.data(), number.data() + number.size(), id.number);
  if (failure != std::errc() || end != number.data() + number.size() || id.number < 0) {
    return std::nullopt;
  }
  return id;
}

std::string make_get_stream_name(std::string_view session_hash) {
  const std::string digest = crypto::sha256("GET stream of " + std::string(session_hash));
  return "g" + to_base64url(std::string_view(digest).substr(0, kNameBytes));
}

std::string make_event(std::string_view message, std::string_view id) {
  std::string event = "id: ";
  event += id;
  event += '\n';
  event += make_event(message);
  return event;
}

std::string make_priming_event(std::string_view id) {
  std::string event = "id: ";
  event += id;
  event += "\nretry: ";
  event += std::to_string(limits::kStreamRetryMs);
  event += "\ndata: \n\n";
  return event;
}

std::string make_retry_hint() {
  return "retry: " + std::to_string(limits::kStreamRetryMs) + "\n\n";
}

}  // namespace mcph::mcp
