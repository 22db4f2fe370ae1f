// How long an answer may be kept (RFC 9111 §5.2.2). Pure.
#pragma once

#include <optional>

#include "base/http_message.h"
#include "base/time.h"

namespace mcph::client_documents {

// Zero for no-store and no-cache, nothing when the server has no wish.
std::optional<Seconds> read_max_age(const Headers& headers);

}  // namespace mcph::client_documents
