// A client that may act now. Used by every endpoint that is told a client_id.
#pragma once

#include <optional>

#include "base/result.h"
#include "oauth/client.h"
#include "oauth/parts.h"

namespace mcph::oauth {

// For a client that is known by a document, this may fetch it. Nothing when it is unknown,
// disabled, or a registration that ran out.
Result<std::optional<Client>> find_live_client(const Parts& parts, const ClientId& id);

}  // namespace mcph::oauth
