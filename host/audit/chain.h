// What makes the record tamper-evident: each entry's HMAC covers the entry and the HMAC before it,
// under a key the database does not have in the clear. A changed, removed, moved or made-up row
// therefore breaks the chain at its place. Thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "audit/entry.h"
#include "crypto/key_source.h"

namespace mcph::audit {

// The place of the last entry; number 0 and an empty mac before the first.
struct Head {
  std::int64_t number = 0;
  std::string mac;
  friend bool operator==(const Head&, const Head&) = default;
};

// `<number>:<hex of the mac>`: a head as people write it down.
std::string to_witness(const Head& head);
std::optional<Head> parse_witness(std::string_view text);

class Chain {
 public:
  explicit Chain(crypto::KeySlotPtr keys) : keys_(std::move(keys)) {}

  // Gives the entry its place behind `head`, and moves `head` on to it.
  void append(Entry& entry, Head& head) const;
  // Whether the entry is what was appended behind `before`. False also when its key is unknown.
  bool holds(const Entry& entry, const std::string& mac_before) const;

 private:
  const crypto::KeySlotPtr keys_;
};

}  // namespace mcph::audit
