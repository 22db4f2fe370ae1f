#include "mcp/request_state.h"

#include <algorithm>
#include <vector>

#include "crypto/hash.h"
#include "mcp/limits.h"

namespace mcph::mcp {
namespace {

// Layout: format, attempt (4), end of its life in Unix seconds (8), the plugin's state.
constexpr char kFormat = 1;
constexpr std::size_t kHeadBytes = 1 + 4 + 8;

void put(std::string& out, std::uint64_t number, int bytes) {
  for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
    out += static_cast<char>((number >> shift) & 0xff);
  }
}

std::uint64_t get(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char c : bytes) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

void put_text(std::string& out, std::string_view text) {
  put(out, text.size(), 8);
  out += text;
}

// Members sorted by name, so that equal arguments have one digest. As deep as the parser allows.
void append_sorted(std::string& out, const json::value& value) {
  if (const json::array* array = value.if_array(); array != nullptr) {
    out += '[';
    for (const json::value& element : *array) {
      append_sorted(out, element);
      out += ',';
    }
    out += ']';
    return;
  }
  const json::object* object = value.if_object();
  if (object == nullptr) {
    out += to_json(value);
    return;
  }
  std::vector<const json::key_value_pair*> members;
  for (const auto& member : *object) members.push_back(&member);
  std::sort(members.begin(), members.end(),
            [](const auto* a, const auto* b) { return a->key() < b->key(); });
  out += '{';
  for (const auto* member : members) {
    put_text(out, member->key());
    append_sorted(out, member->value());
    out += ',';
  }
  out += '}';
}

}  // namespace

std::string RequestStates::make_binding(const Caller& caller, Action action, std::string_view name,
                                        const json::object& arguments) {
  std::string sorted;
  append_sorted(sorted, json::value(arguments));
  std::string binding;
  put_text(binding, caller.principal.str());
  put_text(binding, caller.client.str());
  put(binding, static_cast<std::uint64_t>(action), 1);
  put_text(binding, name);
  binding += crypto::sha256(sorted);
  return binding;
}

std::string RequestStates::seal(const RequestState& state, std::string_view binding) const {
  std::string bytes;
  bytes += kFormat;
  put(bytes, state.attempt, 4);
  put(bytes, static_cast<std::uint64_t>(to_unix(clock_.now() + limits::kRequestStateTtl)), 8);
  bytes += state.state;
  return sealer_.seal(bytes, binding);
}

std::optional<RequestState> RequestStates::open(std::string_view sealed,
                                                std::string_view binding) const {
  if (sealed.size() > limits::kRequestStateBytesMax) return std::nullopt;
  const std::optional<Secret> opened = sealer_.open(sealed, binding);
  if (!opened.has_value()) return std::nullopt;
  const std::string_view bytes = opened->reveal();
  if (bytes.size() < kHeadBytes || bytes[0] != kFormat) return std::nullopt;
  const auto ends_at = from_unix(static_cast<std::int64_t>(get(bytes.substr(5, 8))));
  if (clock_.now() >= ends_at) return std::nullopt;
  return RequestState{static_cast<std::uint32_t>(get(bytes.substr(1, 4))),
                      std::string(bytes.substr(kHeadBytes))};
}

}  // namespace mcph::mcp
