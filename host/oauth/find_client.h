// A client that may act now. Used by every endpoint that is told a client_id.
#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"
#include "oauth/client.h"
#include "oauth/parts.h"

namespace mcph::oauth {

// For a client that is known by a document, this may fetch it. Nothing when it is unknown,
// disabled, or a registration that ran out.
// `peer` is whoever made us ask: a document that has to be fetched counts against them. Empty: a
// client that was found moments ago.
Result<std::optional<Client>> find_live_client(const Parts& parts, const ClientId& id,
                                               std::string_view peer = {});

}  // namespace mcph::oauth
