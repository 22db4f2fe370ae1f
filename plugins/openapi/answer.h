// What becomes of an API's answer. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <string>

#include "settings.h"

namespace openapi {

struct Reply {
  std::uint32_t status = 0;
  std::string content_type, retry_after;
  std::string body;
};

struct Answer {
  std::string json;  // or empty:
  std::string text;
};

// Picks what the operator wants of it. Throws mcph::Failure for a status that is none of success,
// with what the API says of a 4xx, and for what is neither JSON nor text.
Answer make_answer(const Reply& reply, const Change& change);

}  // namespace openapi
