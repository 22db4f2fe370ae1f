// Ids of the requests a host sends to legacy clients. Any host can tell of an answer whether its
// question was really asked in that session, without having asked it and without a look-up; so
// nobody can fill the database with answers to nothing. Thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "base/random.h"
#include "crypto/key_source.h"

namespace mcph::mcp {

class QuestionIds {
 public:
  QuestionIds(const crypto::KeySource& keys, Random& random);

  // Letters, digits, '-' and '_'. `session_hash` is the SHA-256 of the session's id.
  std::string make(std::string_view session_hash) const;
  bool is_of(std::string_view session_hash, std::string_view id) const;

 private:
  const crypto::KeySlotPtr keys_;
  Random& random_;
};

}  // namespace mcph::mcp
