// What a client metadata document says (draft-ietf-oauth-client-id-metadata-document §4): checked,
// and reduced to a Client. Pure.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "oauth/client.h"
#include "oauth/settings.h"

namespace mcph::oauth {

struct ReadDocument {
  Client client;
  std::string jwks_uri;  // to be fetched before the client can sign anything; empty: not needed
};

// kInvalid when the document is not one of the client that `url` names.
Result<ReadDocument> read_document(const Settings& settings, std::string_view url,
                                   std::string_view body);

}  // namespace mcph::oauth
