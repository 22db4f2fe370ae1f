// A client that is known by its document (draft-ietf-oauth-client-id-metadata-document): fetched
// when first seen, kept in the store, fetched anew when it is no longer fresh.
#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"
#include "oauth/client.h"
#include "oauth/parts.h"

namespace mcph::oauth {

// Nothing when there is no valid document, or an administrator disabled the client. kUnavailable
// when nobody can tell now.
Result<std::optional<Client>> find_document_client(const Parts& parts, const ClientId& id,
                                                   std::string_view peer);

}  // namespace mcph::oauth
