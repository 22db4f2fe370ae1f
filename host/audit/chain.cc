#include "audit/chain.h"

#include <algorithm>
#include <charconv>

#include "base/encoding.h"
#include "crypto/hash.h"

namespace mcph::audit {
namespace {

void append_field(std::string& out, std::string_view field) {
  const auto size = static_cast<std::uint32_t>(field.size());
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(size >> shift & 0xff);
  out += field;
}

// Every field with its length before it, so that no two entries have the same bytes.
std::string make_bytes(const Entry& entry, std::string_view mac_before) {
  std::string out = "mcp-host audit 1";
  append_field(out, mac_before);
  append_field(out, std::to_string(entry.number));
  append_field(out, std::to_string(to_unix(entry.at)));
  for (const std::string* field :
       {&entry.host, &entry.type, &entry.outcome, &entry.actor, &entry.actor_name, &entry.principal,
        &entry.client, &entry.grant, &entry.peer, &entry.agent_hash, &entry.request_id,
        &entry.details, &entry.key_id}) {
    append_field(out, *field);
  }
  return out;
}

}  // namespace

std::string to_witness(const Head& head) {
  return std::to_string(head.number) + ':' + to_hex(head.mac);
}

std::optional<Head> parse_witness(std::string_view text) {
  constexpr std::size_t kMacBytes = 32;
  const std::size_t colon = std::min(text.find(':'), text.size());
  Head head;
  const char* end = text.data() + colon;
  const auto [at, error] = std::from_chars(text.data(), end, head.number);
  if (error != std::errc{} || at != end || head.number < 1) return std::nullopt;
  auto mac = from_hex(text.substr(std::min(colon + 1, text.size())));
  if (!mac || mac->size() != kMacBytes) return std::nullopt;
  head.mac = *std::move(mac);
  return head;
}

void Chain::append(Entry& entry, Head& head) const {
  const crypto::KeySetPtr keys = keys_->current();
  entry.number = head.number + 1;
  entry.key_id = keys->active().id;
  entry.mac = crypto::hmac_sha256(keys->active().key, make_bytes(entry, head.mac));
  head = {entry.number, entry.mac};
}

bool Chain::holds(const Entry& entry, const std::string& mac_before) const {
  const crypto::KeySetPtr keys = keys_->current();
  const crypto::KeySet::Entry* key = keys->find(entry.key_id);
  if (key == nullptr) return false;
  return crypto::equal_constant_time(crypto::hmac_sha256(key->key, make_bytes(entry, mac_before)),
                                     entry.mac);
}

}  // namespace mcph::audit
